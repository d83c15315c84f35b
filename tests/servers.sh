# What the scripts share that start servers of their own.

free_port() {
	local port
	while :; do
		port=$((20000 + RANDOM % 12000))
		(: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo $port
}

# PostgreSQL refuses to be root.
as_nobody() {
	if [ "$(id -u)" = 0 ]; then
		local user=nobody
		getent passwd postgres >/dev/null && user=postgres
		(cd / && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
			env -u PARAPH_DATA HOME=/nonexistent "$@")
	else
		"$@"
	fi
}

hand_over() { # a folder, to the user that PostgreSQL runs as
	[ "$(id -u)" != 0 ] || chown -R "$(as_nobody id -u):$(as_nobody id -g)" "$1"
}
