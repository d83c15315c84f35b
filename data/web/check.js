// Check: a text is typed, pasted or dropped, and checked as it is written.
import { debounce, el, notice } from "./dom.js";
import { attempt, Desk } from "./desk.js";
import { apply, t } from "./language.js";
import { check, forget, profiles, upload } from "./server.js";
import { TextView } from "./text-view.js";
import { Work } from "./work.js";

const work = new Work();
let desk, limits = {}, running = null, kept = []; // ids of files on the server

async function checkNow() {
	later.cancel();
	running?.abort();
	if (!work.editable || work.text.trim() === "") {
		if (work.editable) work.found({ findings: [], words: 0 });
		return;
	}
	const mine = running = new AbortController();
	const version = work.version;
	desk.root.setAttribute("aria-busy", "true");
	const told = await attempt(() => check(work.text, asked(), mine.signal));
	if (running === mine) desk.root.removeAttribute("aria-busy");
	if (told && version === work.version) work.found(told);
}

const later = debounce(checkNow, 350);

/** The settings of the check. */
function asked() {
	const profile = document.getElementById("check-profile").value;
	return { language: document.getElementById("check-language").value, ...(profile && { profile }) };
}

/** Files that are no longer worked on are not kept by the server. */
function letGo() {
	kept.forEach(forget);
	kept = [];
}

/** A document of the server on the desk. Plain text can be written in. */
function put(told) {
	letGo();
	if (told.format === "txt") {
		work.crlf = told.text.includes("\r\n");
		const text = told.text.replace(/\r\n?/g, "\n");
		if (told.id) forget(told.id);
		work.start(text === told.text ? told : { ...told, text, findings: [] });
		if (text !== told.text) checkNow();
	} else {
		kept.push(told.id);
		work.crlf = false;
		work.start(told, { editable: false });
	}
}

async function open(file) {
	if (limits.upload && file.size > limits.upload) {
		notice(t("too.large", { mib: Math.floor(limits.upload / 1048576) }));
		return;
	}
	desk.root.setAttribute("aria-busy", "true");
	const told = await attempt(() => upload(file.name, file, asked()));
	desk.root.removeAttribute("aria-busy");
	if (told) put(told);
}

/** A text is checked anew, a file with what was accepted. */
async function again() {
	if (work.editable) await checkNow();
	else await desk.recheck(asked(), kept);
}

/** In the other language, messages are asked for anew; what was decided stays. */
async function retranslate() {
	desk.retranslate();
	houses();
	if (work.editable) await checkNow();
	else await desk.reread();
}

function clear() {
	letGo();
	work.start({ text: "" });
	desk.view.root.focus();
}

/** The house styles that the server has, for the language that is chosen. */
async function houses() {
	const list = document.getElementById("check-profile"), had = list.value;
	let all = [];
	try {
		all = await profiles();
	} catch {
		// The one of the server is left.
	}
	const own = document.getElementById("check-language").value;
	all = all.filter((p) => p.language && (own === "auto" || own === p.language));
	list.replaceChildren(el("option", { value: "" }, t("profile.own")),
		...all.map((p) => el("option", { value: p.name, title: p.summary }, p.name)));
	list.value = all.some((p) => p.name === had) ? had : "";
	list.title = all.find((p) => p.name === list.value)?.summary ?? t("profile");
}

/** What is set is other than it was. */
async function reset() {
	await houses();
	await again();
}

/** The buttons that bring a text, and the setting of the check. */
function controls() {
	const file = el("input.away", { type: "file", id: "check-file", tabindex: "-1", "aria-hidden": "true",
		onchange: () => {
			if (file.files[0]) open(file.files[0]);
			file.value = "";
		} });
	return { first: [
		el("button.main", { type: "button", id: "check-open", onclick: () => file.click(), title: "Ctrl+O",
			data: { t: "open.file" } }), file,
		el("button", { type: "button", id: "check-clear", onclick: clear, data: { t: "clear" } }),
	], settings: [
		el("select", { id: "check-language", data: { tLabel: "language" },
			onchange: reset },
		["auto", "fr", "en"].map((l) => el("option", { value: l, data: { t: `language.${l}` } }))),
		el("select", { id: "check-profile", data: { tLabel: "profile" }, onchange: reset },
			el("option", { value: "", data: { t: "profile.own" } })),
	] };
}

export function begin(section, status) {
	limits = status.limits ?? {};
	const view = new TextView(work, (key) => desk.findings.pick(key));
	desk = new Desk(work, "check", { view, again, ...controls() });
	desk.show();
	section.append(desk.root);
	apply(section);
	houses();
	section.addEventListener("dragover", (e) => {
		if (!e.dataTransfer.types.includes("Files")) return;
		e.preventDefault();
		section.classList.add("dropping");
	});
	section.addEventListener("dragleave", (e) => {
		if (!section.contains(e.relatedTarget)) section.classList.remove("dropping");
	});
	section.addEventListener("drop", (e) => {
		section.classList.remove("dropping");
		if (!e.dataTransfer.files.length) return;
		e.preventDefault();
		open(e.dataTransfer.files[0]);
	});
	work.addEventListener("change", ({ detail }) => {
		if (detail.what === "text" && work.editable) later();
	});
	return {
		retranslate,
		key(e) {
			if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "o") {
				e.preventDefault();
				document.getElementById("check-file").click();
				return true;
			}
			return desk.key(e);
		},
	};
}
