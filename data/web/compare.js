// Compare: a source and its translation side by side, passage by passage, with what differs.
import { bring, el, fill } from "./dom.js";
import { attempt, Desk } from "./desk.js";
import { apply, t } from "./language.js";
import { forget, upload } from "./server.js";
import { mark, pieces } from "./text-view.js";
import { Work } from "./work.js";

const sides = ["source", "target"];
const work = new Work();
const given = { source: null, target: null };
let desk, form, sourceId = null, kept = []; // ids of files on the server

/** Both texts in rows of aligned passages; the marks of a finding stand on both sides. */
class PairsView {
	constructor(pick) {
		this.chosen = null;
		this.rows = [];
		this.root = el("div.pairs", { tabindex: "0", role: "region", data: { tLabel: "pairs" } });
		this.root.addEventListener("click", (e) => {
			const key = Number(e.target.closest("[data-key]")?.dataset.key);
			if (key) pick(key);
		});
		work.addEventListener("change", ({ detail }) => {
			if (detail.what === "text" && detail.whole) this.whole();
			if (detail.what === "findings") this.paint();
		});
	}

	whole() {
		this.rows = (work.pairs ?? []).map((pair) => ({ pair, drawn: null,
			source: el("p.side", { lang: work.language === "fr" ? "en" : "fr" }),
			target: el("p.side", { lang: work.language }) }));
		fill(this.root, el("div.pair.heads", { "aria-hidden": "true" }, el("p", t("source")), el("p", t("target"))),
			el("ol", this.rows.map((r) => el("li.pair", r.source, r.target))));
		this.paint();
	}

	paint() {
		const by = new Map(work.findings.map((f) => [f.n, f]));
		for (const row of this.rows) {
			const found = (row.pair.findings ?? []).map((n) => by.get(n)).filter((f) => f && !work.isIgnored(f));
			const now = found.map((f) => `${f.key} ${f.choice}`).join();
			if (now === row.drawn) continue;
			row.drawn = now;
			this.#source(row, found);
			this.#target(row, found);
		}
		this.reveal(this.chosen, false);
	}

	#source(row, found) {
		const marks = [];
		const text = row.pair.source ?? "";
		for (const f of found.filter((x) => x.source?.text)) {
			const at = text.indexOf(f.source.text);
			if (at >= 0) marks.push({ f, at, to: at + f.source.text.length });
		}
		marks.sort((a, b) => a.at - b.at);
		fill(row.source, text === "" ? el("span.missing", t("facing.none")) :
			pieces(text, marks, (m, piece) => mark({ ...m.f, choice: null }, piece)));
	}

	#target(row, found) {
		const { at, to } = row.pair;
		const text = work.text.slice(at, to) || (row.pair.target ?? "");
		const inside = found.filter((f) => f.at >= at && f.to <= to).sort((a, b) => a.at - b.at);
		const marks = inside.map((f) => ({ f, at: f.at - at, to: f.to - at }));
		fill(row.target, text === "" ? el("span.missing", t("facing.none")) :
			pieces(text, marks, (m, piece) => mark(m.f, piece)));
	}

	reveal(key, move = true) {
		this.chosen = key;
		for (const e of this.root.querySelectorAll(".chosen")) e.classList.remove("chosen");
		const f = key === null ? null : work.get(key);
		const row = f && this.rows.find((r) => r.pair.findings?.includes(f.n));
		if (!row) return;
		row.target.parentElement.classList.add("chosen");
		for (const m of this.root.querySelectorAll(`[data-key="${key}"]`)) m.classList.add("chosen");
		if (move) bring(row.target.parentElement);
	}
}

/** What stands on one side of the form: a file, or what was typed. */
function side(name) {
	const typed = form.querySelector(`#compare-${name}`).value;
	const file = given[name];
	if (file) return { name: file.name, blob: file };
	return typed.trim() === "" ? null : { name: `${name}.txt`, blob: new Blob([typed], { type: "text/plain" }) };
}

async function compare(texts) {
	form.setAttribute("aria-busy", "true");
	await attempt(async () => {
		const source = await upload(texts.source.name, texts.source.blob);
		const target = await upload(texts.target.name, texts.target.blob, { source: source.id });
		drop();
		sourceId = source.id;
		kept = [source.id, target.id];
		// A desk for a file on the server, plain text too: the pairs belong to the text as it is.
		work.start(target, { editable: false });
		show(true);
	});
	form.removeAttribute("aria-busy");
}

/** Files that are no longer worked on are not kept by the server. */
function drop() {
	kept.forEach(forget);
	kept = [];
	sourceId = null;
}

function show(result) {
	form.hidden = result;
	desk.show(result);
	(result ? desk.view.root : form.querySelector("textarea")).focus();
}

/** The translation with what was accepted is compared with the same source. */
async function again() {
	await desk.recheck({ source: sourceId }, kept);
}

function field(name) {
	const area = el("textarea", { id: `compare-${name}`, rows: 12, spellcheck: "false", data: { tHint: "drop.hint" },
		oninput: () => take(null) });
	const chosen = el("span.soft", { id: `compare-${name}-name` });
	const file = el("input.away", { type: "file", tabindex: "-1", "aria-hidden": "true", id: `compare-${name}-file`,
		onchange: () => file.files[0] && take(file.files[0]) });
	const take = (f) => {
		given[name] = f;
		chosen.textContent = f ? f.name : "";
		if (f) area.value = "";
		form.querySelector("#compare-go").disabled = !sides.every(side);
	};
	const box = el("div.field",
		el("label", { for: area.id, data: { t: name } }), area,
		el("p.actions", el("button", { type: "button", id: `compare-${name}-open`, onclick: () => file.click() },
			el("span", { data: { t: "open.file" } }), el("span.away", { data: { t: name } })), file, chosen));
	box.addEventListener("dragover", (e) => {
		e.preventDefault();
		box.classList.add("dropping");
	});
	box.addEventListener("dragleave", () => box.classList.remove("dropping"));
	box.addEventListener("drop", (e) => {
		box.classList.remove("dropping");
		if (!e.dataTransfer.files.length) return;
		e.preventDefault();
		const files = e.dataTransfer.files;
		// Two files dropped at once, wherever, are the source and the translation.
		if (files.length > 1) form.dispatchEvent(new CustomEvent("files",
			{ detail: { source: files[0], target: files[1] } }));
		else take(files[0]);
	});
	form.addEventListener("files", (e) => take(e.detail[name]));
	return box;
}

export function begin(section) {
	form = el("form.compare", { onsubmit: (e) => {
		e.preventDefault();
		const texts = { source: side("source"), target: side("target") };
		if (texts.source && texts.target) compare(texts);
	} });
	form.append(el("div.two", sides.map(field)),
		el("p.actions", el("button.main", { id: "compare-go", disabled: true, data: { t: "compare.go" } })));
	const view = new PairsView((key) => desk.findings.pick(key));
	desk = new Desk(work, "compare", { view, again, first: [el("button", { type: "button", id: "compare-other",
		onclick: () => {
			drop();
			work.start({ text: "" });
			show(false);
		}, data: { t: "compare.other" } })] });
	section.append(form, desk.root);
	apply(section);
	return {
		async retranslate() {
			desk.retranslate();
			if (!work.id) return;
			await desk.reread();
			desk.view.whole();
		},
		key: (e) => !desk.root.hidden && desk.key(e),
	};
}
