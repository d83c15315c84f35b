#!/usr/bin/env bash
# A Slurm cluster of the tests' own: this machine alone, in a temporary folder, on ports that are
# free, gone when the test ends.
#
#   tests/slurm.sh run COMMAND…   runs a command beside a new cluster: SLURM_CONF names its settings
#
# Exit status 77: Slurm is not there (skipped).
set -u
. "$(dirname "$0")/servers.sh"
PATH=$PATH:/usr/sbin
for program in slurmctld slurmd munged sbatch; do
	if ! command -v $program >/dev/null; then
		echo "skipped: $program is not installed (tools/bootstrap.sh proxy)" >&2
		exit 77
	fi
done

configure() {
	local name=$(hostname -s) user=$(id -un)
	mkdir -p state spool munge && chmod 755 . && chmod 700 munge
	dd if=/dev/urandom of=munge/key bs=1 count=1024 2>/dev/null && chmod 400 munge/key
	cat >slurm.conf <<CONF
ClusterName=tests
SlurmctldHost=$name(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$PWD/munge/socket
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
StateSaveLocation=$PWD/state
SlurmdSpoolDir=$PWD/spool
SlurmctldPidFile=$PWD/slurmctld.pid
SlurmdPidFile=$PWD/slurmd.pid
SlurmctldLogFile=$PWD/slurmctld.log
SlurmdLogFile=$PWD/slurmd.log
ReturnToService=2
JobRequeue=1
MinJobAge=60
SchedulerParameters=batch_sched_delay=0,sched_interval=1
NodeName=$name NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$name Default=YES MaxTime=INFINITE State=UP
CONF
	: >cgroup.conf
}

begin() {
	configure
	export SLURM_CONF=$PWD/slurm.conf
	munged --foreground --force --key-file="$PWD/munge/key" --socket="$PWD/munge/socket" \
		--pid-file="$PWD/munge/pid" --log-file="$PWD/munge/log" \
		--seed-file="$PWD/munge/seed" >/dev/null 2>&1 &
	programs=$!
	for _ in $(seq 100); do
		[ -S munge/socket ] && break
		sleep 0.1
	done
	slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 &
	programs="$programs $!"
	slurmd -D -f "$SLURM_CONF" -N "$(hostname -s)" >/dev/null 2>&1 &
	programs="$programs $!"
	for _ in $(seq 300); do
		[ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && return 0
		sleep 0.1
	done
	tail -5 slurmctld.log slurmd.log munge/log >&2
	return 1
}

end() {
	scancel --me >/dev/null 2>&1
	kill $programs 2>/dev/null
	wait $programs 2>/dev/null
	rm -rf "$scratch"
}

[ "${1-}" = run ] || {
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
	exit 2
}
shift
here=$PWD programs=
scratch=$(mktemp -d "${TMPDIR:-/tmp}/paraph-slurm-XXXXXX") || exit 1
trap end EXIT
trap 'exit 143' TERM HUP
trap 'exit 130' INT
cd "$scratch" || exit 1
begin || exit 1
cd "$here" || exit 1
"$@"
