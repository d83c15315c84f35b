// The page: which view is shown, the language, the keys that hold everywhere.
import * as check from "./check.js";
import * as compare from "./compare.js";
import * as memory from "./memory.js";
import * as terms from "./terms.js";
import { dialog, el, notice } from "./dom.js";
import { attempt } from "./desk.js";
import { change, load, other, t } from "./language.js";
import { status } from "./server.js";

const names = ["check", "compare", "terms", "memory"];
const views = {};
let shown = null;

function show() {
	const name = names.includes(location.hash.slice(1)) ? location.hash.slice(1) : "check";
	for (const n of names) {
		document.getElementById(`view-${n}`).hidden = n !== name;
		const tab = document.querySelector(`.tabs a[href="#${n}"]`);
		if (n === name) tab.setAttribute("aria-current", "page");
		else tab.removeAttribute("aria-current");
	}
	document.title = `${t(name)} – paraph`;
	if (shown !== null && shown !== name) {
		notice("");
		views[name]?.focus?.();
	}
	shown = name;
}

// What the overlay of "?" lists: the keys, and the message that tells what they do.
const keys = [
	["keys.everywhere", [["?", "key.help"], ["Esc", "key.close"]]],
	["keys.desk", [["F8", "key.next"], ["Shift F8", "key.previous"], ["Alt Enter", "key.accept"],
		["Alt Delete", "key.ignore"], ["F2", "key.explain"], ["Ctrl Z", "key.undo"], ["Ctrl Y", "key.redo"],
		["Ctrl Enter", "key.again"], ["Ctrl O", "key.open"], ["Ctrl S", "key.download"]]],
	["keys.list", [["↑ ↓", "key.move"], ["j k", "key.move"], ["a", "key.accept"], ["i", "key.ignore"],
		["e", "key.explain"]]],
	["keys.terms", [["↑ ↓", "key.move"], ["Enter", "key.first"]]],
	["keys.memory", [["Ctrl Enter", "key.match"]]],
];

function help() {
	if (document.querySelector("dialog[open]")) return;
	const row = ([key, does]) => el("div", el("dt", key.split(" ").flatMap((k) => [el("kbd", k), " "])),
		el("dd", t(does)));
	const box = dialog(el("h2", { tabindex: "-1" }, t("keys")),
		el("div.keys", keys.map(([group, rows]) => el("section", el("h3", t(group)), el("dl", rows.map(row))))),
		el("p.actions", el("button.main", { type: "button", onclick: () => box.close() }, t("close"))));
	box.setAttribute("aria-label", t("keys"));
}

function key(e) {
	if (e.defaultPrevented || document.querySelector("dialog[open]")) return;
	const writing = e.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName);
	if (e.key === "?" && !writing && !e.ctrlKey && !e.altKey) {
		e.preventDefault();
		help();
		return;
	}
	views[shown]?.key?.(e);
}

function nameOther() {
	const button = document.getElementById("ui-language");
	button.textContent = other() === "fr" ? "Français" : "English";
	button.lang = other();
}

async function begin() {
	await load();
	nameOther();
	show();
	document.getElementById("ui-language").addEventListener("click", change);
	document.getElementById("help").addEventListener("click", help);
	document.querySelector("#notice button").addEventListener("click", () => notice(""));
	document.addEventListener("keydown", key);
	addEventListener("hashchange", show);
	// A file that misses its place is not opened in place of the page.
	for (const name of ["dragover", "drop"])
		addEventListener(name, (e) => e.dataTransfer.types.includes("Files") && e.preventDefault());
	const told = await attempt(status) ?? {};
	for (const [name, view] of Object.entries({ check, compare, terms, memory }))
		views[name] = view.begin(document.getElementById(`view-${name}`), told);
	document.addEventListener("token", async () => {
		const now = await attempt(status) ?? {};
		terms.allow(now);
		memory.allow(now);
	});
	document.addEventListener("language", () => {
		nameOther();
		show();
		for (const v of Object.values(views)) v.retranslate();
	});
	document.documentElement.dataset.ready = "yes";
}

begin();
