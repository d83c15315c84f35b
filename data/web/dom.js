// Elements made without markup in strings: what comes from a document or a server is text only.

/** el("p.note", { lang: "fr", onclick: f }, "text", child): attributes are set by name, functions
 *  listen, a member "data" gives data-…; null and false children are left out. */
export function el(what, ...rest) {
	const [tag, ...classes] = what.split(".");
	const made = document.createElement(tag || "div");
	if (classes.length) made.className = classes.join(" ");
	const plain = rest[0] && Object.getPrototypeOf(rest[0]) === Object.prototype;
	for (const [name, value] of plain ? Object.entries(rest.shift()) : []) {
		if (typeof value === "function") made.addEventListener(name.slice(2), value);
		else if (name === "data") Object.assign(made.dataset, value);
		else if (value === true) made.setAttribute(name, "");
		else if (value !== false && value != null) made.setAttribute(name, value);
	}
	made.append(...rest.flat().filter((c) => c != null && c !== false));
	return made;
}

export function fill(parent, ...children) {
	parent.replaceChildren(...children.flat().filter((c) => c != null && c !== false));
	return parent;
}

export function debounce(f, ms) {
	let timer = 0;
	const later = (...args) => {
		clearTimeout(timer);
		timer = setTimeout(f, ms, ...args);
	};
	later.cancel = () => clearTimeout(timer);
	return later;
}

const spoken = { timer: 0 };

/** Says it to those who listen to the page, once things have come to rest. */
export function say(text) {
	clearTimeout(spoken.timer);
	spoken.timer = setTimeout(() => {
		document.getElementById("live").textContent = text;
	}, 150);
}

export function notice(text) {
	const box = document.getElementById("notice");
	box.firstElementChild.textContent = text;
	box.hidden = !text;
}

/** A dialog that is there once; the focus goes back to where it was when it closes. */
export function dialog(...children) {
	const made = el("dialog", { onclose: () => made.remove() }, ...children);
	made.addEventListener("click", (e) => {
		if (e.target === made) made.close();
	});
	document.body.append(made);
	made.showModal();
	made.querySelector("h2")?.focus();
	return made;
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Shows it without moving what is in sight already; of what is too tall, the beginning. */
export function bring(element, pane = element.closest(".scroll, .pairs, .text")) {
	const tall = pane && element.offsetHeight > pane.clientHeight;
	element.scrollIntoView({ block: tall ? "start" : "nearest", behavior: still() ? "auto" : "smooth" });
}

export function save(blob, name) {
	const address = URL.createObjectURL(blob);
	const link = el("a", { href: address, download: name });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(address), 60000);
}
