// Check: a text is typed, pasted or dropped, and checked as it is written.
import { debounce, el, notice } from "./dom.js";
import { attempt, Desk } from "./desk.js";
import { apply, t } from "./language.js";
import { check, document_, forget, upload } from "./server.js";
import { TextView } from "./text-view.js";
import { Work } from "./work.js";

const work = new Work();
let desk, limits = {}, running = null;

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
	const told = await attempt(() => check(work.text, { language: language() }, mine.signal));
	if (running === mine) desk.root.removeAttribute("aria-busy");
	if (told && version === work.version) work.found(told);
}

const later = debounce(checkNow, 350);

function language() {
	return document.getElementById("check-language").value;
}

/** A document of the server on the desk. Plain text can be written in. */
function put(told, same = false) {
	const old = work.id;
	if (old) forget(old);
	if (told.format === "txt") {
		work.crlf = told.text.includes("\r\n");
		const text = told.text.replace(/\r\n?/g, "\n");
		if (told.id) forget(told.id);
		work.start(text === told.text ? told : { ...told, text, findings: [] });
		if (text !== told.text) checkNow();
	} else {
		work.crlf = false;
		work.start(told, { editable: false, same });
	}
}

async function open(file) {
	if (limits.upload && file.size > limits.upload) {
		notice(t("too.large", { mib: Math.floor(limits.upload / 1048576) }));
		return;
	}
	desk.root.setAttribute("aria-busy", "true");
	const told = await attempt(() => upload(file.name, file, { language: language() }));
	desk.root.removeAttribute("aria-busy");
	if (told) put(told);
}

/** A text is checked anew. Of a file, the corrected one takes its place. */
async function again() {
	if (work.editable) {
		await checkNow();
		return;
	}
	await attempt(async () => {
		const name = work.name;
		const { blob } = await desk.file("plain");
		put(await upload(name, blob, { language: language() }), true);
	});
}

/** In the other language, messages are asked for anew; what was decided stays. */
async function retranslate() {
	desk.retranslate();
	if (work.editable) await checkNow();
	else await attempt(async () => work.found(await document_(work.id)));
}

function clear() {
	if (work.id) forget(work.id);
	work.start({ text: "" });
	desk.view.root.focus();
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
			onchange: () => (work.editable ? checkNow() : again()) },
		["auto", "fr", "en"].map((l) => el("option", { value: l, data: { t: `language.${l}` } }))),
	] };
}

export function begin(section, status) {
	limits = status.limits ?? {};
	const view = new TextView(work, (key) => desk.findings.pick(key));
	desk = new Desk(work, "check", { view, again, ...controls() });
	desk.show();
	section.append(desk.root);
	apply(section);
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
