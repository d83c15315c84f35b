// The language of the page: the browser's, until another is chosen, which is remembered.
// messages.json has every message in both languages, side by side.

let messages = {};
const memory = "paraph.language";

function remembered() {
	try {
		return localStorage.getItem(memory);
	} catch {
		return null;
	}
}

function ofBrowser() {
	const first = navigator.languages.find((l) => /^(fr|en)\b/.test(l));
	return first ? first.slice(0, 2) : "en";
}

export let language = "en";

export async function load() {
	messages = await (await fetch("messages.json")).json();
	choose(/^(fr|en)$/.test(remembered()) ? remembered() : ofBrowser());
}

function choose(chosen) {
	language = chosen;
	document.documentElement.lang = chosen;
	apply(document);
}

export function other() {
	return language === "fr" ? "en" : "fr";
}

export function change() {
	choose(other());
	try {
		localStorage.setItem(memory, language);
	} catch {
		// A browser that keeps nothing: it holds for this visit.
	}
	document.dispatchEvent(new Event("language"));
}

/** The message of that name; {n} and other names in braces are taken from values. One that is a
 *  list has the singular first, for values.n. */
export function t(name, values = {}) {
	let text = messages[name]?.[language] ?? name;
	if (Array.isArray(text))
		text = text[new Intl.PluralRules(language).select(values.n) === "one" ? 0 : 1];
	return text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? number(values[key]) : all));
}

export function has(name) {
	return name in messages;
}

function number(value) {
	return typeof value === "number" ? value.toLocaleString(language) : value;
}

/** data-t is the text of an element, data-t-label its name, data-t-hint what an empty field shows. */
export function apply(root) {
	for (const e of root.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
	for (const e of root.querySelectorAll("[data-t-label]")) {
		e.setAttribute("aria-label", t(e.dataset.tLabel));
		if (e.tagName === "BUTTON") e.title = t(e.dataset.tLabel);
	}
	for (const e of root.querySelectorAll("[data-t-hint]"))
		e.setAttribute(e.isContentEditable ? "data-hint" : "placeholder", t(e.dataset.tHint));
}
