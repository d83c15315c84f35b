// The text of a document, a paragraph a line of it, with its findings marked. It can be written in.
//
// Every edit is taken from the browser (beforeinput) and made in the model, so that there is one
// text and one history; only what an input method composes is left to the browser and read back.
// A line is drawn again only when its text or its marks changed. Lines stand in blocks, and blocks
// out of sight are not laid out (content-visibility): a megabyte stays fluid. With every line for
// itself a key took a second, for the browser went through 18,000 of them. A line that is very long
// is shown as several rows, so that a key draws one of them.
import { bring, el } from "./dom.js";

const block = 64; // rows, or
const letters = 24000; // of them, when there are more
const long = 6000; // letters of a row, after which it ends with a word

/** The rows of a text: a line each, or a part of one that is long. gap: the line break after it. */
function rowsOf(text) {
	const rows = [];
	for (const line of text.split("\n")) {
		let at = 0;
		while (line.length - at > 2 * long) {
			const space = line.indexOf(" ", at + long);
			let to = space < 0 || space > at + 2 * long ? at + long : space + 1;
			if (/[\uDC00-\uDFFF]/.test(line[to])) to++;
			rows.push({ text: line.slice(at, to), gap: 0 });
			at = to;
		}
		rows.push({ text: line.slice(at), gap: 1 });
	}
	return rows;
}

const lineOf = (node) => (node.nodeType === 1 ? node : node.parentElement).closest?.(".line");

/** The pieces of [at, to) that have a mark or none; marks are sorted and do not overlap. */
export function pieces(text, marks, draw) {
	const out = [];
	let pos = 0;
	for (const m of marks) {
		if (m.at < pos && m.to <= pos && m.at !== m.to) continue;
		const at = Math.max(m.at, pos);
		if (at > pos) out.push(text.slice(pos, at));
		out.push(draw(m, text.slice(at, m.to)));
		pos = Math.max(m.to, pos);
	}
	if (pos < text.length) out.push(text.slice(pos));
	return out;
}

/** The mark of a finding. Of a file, what was accepted is shown beside what it replaces. */
export function mark(finding, text, last = true) {
	const data = { data: { key: finding.key } };
	if (finding.choice !== null)
		return el("span.accepted", data, text && el("del", text),
			last && el("ins", finding.suggestions[finding.choice]));
	return el(`mark.${finding.severity}${text ? "" : ".point"}`, data, text);
}

export class TextView {
	constructor(work, pick) {
		this.work = work;
		this.lines = [];
		this.composing = false;
		this.chosen = null;
		this.root = el("div.text", { role: "textbox", "aria-multiline": "true", tabindex: "0",
			spellcheck: "false", data: { tLabel: "text", tHint: "text.hint" } });
		const on = (name, f) => this.root.addEventListener(name, f.bind(this));
		on("beforeinput", this.#input);
		on("compositionstart", () => { this.composing = true; });
		on("compositionend", this.#composed);
		// What is dragged inside the text would be two edits, the second at a place that has moved.
		on("dragstart", (e) => e.preventDefault());
		on("copy", this.#copy);
		on("cut", this.#copy);
		on("click", (e) => {
			const key = Number(e.target.closest("[data-key]")?.dataset.key);
			if (key) pick(key);
		});
		work.addEventListener("change", ({ detail }) => this.#changed(detail));
		this.#whole();
	}

	#changed(detail) {
		if (detail.what === "text") {
			if (detail.fresh) this.root.scrollTop = 0;
			if (detail.whole) this.#whole();
			else this.#replace(detail.at, detail.to, detail.inserted);
		}
		if (detail.what === "findings") this.paint();
	}

	#make({ text, gap }) {
		return { text, gap, marks: null, el: el("p.line") };
	}

	#whole() {
		const editable = this.work.editable;
		this.root.contentEditable = editable ? "plaintext-only" : "false";
		if (editable && this.root.contentEditable !== "plaintext-only") this.root.contentEditable = "true";
		this.root.setAttribute("role", editable ? "textbox" : "document");
		if (editable) this.root.setAttribute("aria-multiline", "true");
		else this.root.removeAttribute("aria-multiline");
		this.lines = rowsOf(this.work.text).map((row) => this.#make(row));
		this.#group();
		this.#empty();
		this.paint();
	}

	#group() {
		const blocks = [];
		let rows = [], n = 0;
		for (const line of this.lines) {
			rows.push(line.el);
			n += line.text.length;
			if (rows.length < block && n < letters) continue;
			blocks.push(el("div.block-of-lines", rows));
			[rows, n] = [[], 0];
		}
		if (rows.length) blocks.push(el("div.block-of-lines", rows));
		this.root.replaceChildren(...blocks);
	}

	#empty() {
		this.root.classList.toggle("empty", this.work.text === "");
	}

	/** Which line holds a place, and where the line begins. */
	#at(place) {
		let start = 0;
		for (let i = 0; i < this.lines.length; i++) {
			const n = this.lines[i].text.length;
			if (place <= start + n) return { i, start };
			start += n + this.lines[i].gap;
		}
		const i = this.lines.length - 1;
		return { i, start: start - 1 - this.lines[i].text.length };
	}

	#replace(at, to, inserted) {
		const a = this.#at(at), b = this.#at(to);
		const first = this.lines[a.i], last = this.lines[b.i];
		const rows = rowsOf(first.text.slice(0, at - a.start) + inserted + last.text.slice(to - b.start));
		rows.at(-1).gap = last.gap;
		Object.assign(first, rows[0], { marks: null });
		for (let i = a.i + 1; i <= b.i; i++) {
			const around = this.lines[i].el.parentElement;
			this.lines[i].el.remove();
			if (!around.hasChildNodes()) around.remove();
		}
		const more = rows.slice(1).map((row) => this.#make(row));
		this.lines = [...this.lines.slice(0, a.i + 1), ...more, ...this.lines.slice(b.i + 1)];
		first.el.after(...more.map((l) => l.el));
		if (first.el.parentElement.childElementCount > 2 * block) this.#group();
		this.#empty();
	}

	/** Brings the marks to what is found now. */
	paint() {
		if (this.composing) return;
		const shown = this.work.findings.filter((f) => !this.work.isIgnored(f));
		const caret = this.#hasFocus() && !this.writing ? this.selection() : null;
		let start = 0, next = 0, drawn = false;
		for (const line of this.lines) {
			const end = start + line.text.length;
			while (next < shown.length && shown[next].to < start) next++;
			const marks = [];
			for (let k = next; k < shown.length && shown[k].at <= end; k++) {
				const f = shown[k];
				if (f.to > start && f.at < end || f.at === f.to && f.at >= start)
					marks.push({ f, at: Math.max(f.at - start, 0), to: Math.min(f.to, end) - start,
						last: f.to <= end });
			}
			const now = marks.map((m) => `${m.at} ${m.to} ${m.f.key} ${m.f.severity} ${m.f.choice}`).join();
			if (now !== line.marks) {
				line.marks = now;
				line.el.replaceChildren(...(line.text === "" && marks.length === 0 ? [el("br")] :
					pieces(line.text, marks, (m, text) => mark(m.f, text, m.last))));
				drawn = true;
			}
			start = end + line.gap;
		}
		if (!drawn) return;
		this.choose(this.chosen);
		if (caret) this.select(caret.at, caret.to);
	}

	choose(key) {
		this.chosen = key;
		for (const e of this.root.querySelectorAll(".chosen")) e.classList.remove("chosen");
		const marks = key === null ? [] : this.root.querySelectorAll(`[data-key="${key}"]`);
		for (const m of marks) m.classList.add("chosen");
		return marks[0];
	}

	reveal(key) {
		const shown = this.choose(key);
		if (shown) bring(shown);
	}

	#hasFocus() {
		return document.activeElement === this.root && this.work.editable;
	}

	/** The place in the text of a place in the page. */
	#place(node, offset) {
		const p = lineOf(node);
		if (!p) return this.#between(node.childNodes[offset]);
		let place = 0;
		for (const line of this.lines) {
			if (line.el === p) break;
			place += line.text.length + line.gap;
		}
		const before = document.createRange();
		before.setStart(p, 0);
		before.setEnd(node, offset);
		return Math.min(place + before.toString().length, this.work.text.length);
	}

	/** The place before a line or a block of them; without one, the end. */
	#between(next) {
		const p = next?.matches?.(".line") ? next : next?.querySelector?.(".line");
		let place = 0;
		for (const line of this.lines) {
			if (line.el === p) return place;
			place += line.text.length + line.gap;
		}
		return this.work.text.length;
	}

	selection() {
		const s = getSelection();
		if (s.rangeCount === 0 || !this.root.contains(s.anchorNode)) return null;
		const r = s.getRangeAt(0);
		return { at: this.#place(r.startContainer, r.startOffset), to: this.#place(r.endContainer, r.endOffset) };
	}

	#node(place) {
		const { i, start } = this.#at(place);
		let left = place - start;
		const walk = document.createTreeWalker(this.lines[i].el, NodeFilter.SHOW_TEXT);
		for (let n = walk.nextNode(); n; n = walk.nextNode()) {
			if (left <= n.length) return [n, left];
			left -= n.length;
		}
		return [this.lines[i].el, 0];
	}

	select(at, to = at) {
		getSelection().setBaseAndExtent(...this.#node(at), ...this.#node(to));
	}

	#input(e) {
		if (e.inputType === "insertCompositionText") return;
		e.preventDefault();
		let { at, to } = this.selection() ?? { at: 0, to: 0 };
		const target = e.getTargetRanges()[0];
		if (target && /Drop|Replacement/.test(e.inputType)) {
			at = this.#place(target.startContainer, target.startOffset);
			to = this.#place(target.endContainer, target.endOffset);
		}
		if (e.inputType.startsWith("delete")) {
			if (at === to) ({ at, to } = this.#reach(e.inputType, at));
			if (at !== to) this.#write(at, to, "");
			return;
		}
		const breaks = e.inputType === "insertParagraph" || e.inputType === "insertLineBreak";
		const text = breaks ? "\n" : e.data ?? e.dataTransfer?.getData("text/plain");
		if (text) this.#write(at, to, text.replace(/\r\n?/g, "\n"));
	}

	#write(at, to, text) {
		this.writing = true;
		this.work.edit(at, to, text);
		this.writing = false;
		this.select(at + text.length);
	}

	/** What a key that deletes takes away where nothing is selected. */
	#reach(kind, place) {
		const text = this.work.text;
		const back = kind.endsWith("Backward");
		const near = back ? text.slice(Math.max(0, place - 500), place) : text.slice(place, place + 500);
		let n = 1;
		if (/Word/.test(kind)) n = (back ? /[^\s]*\s*$/ : /^\s*[^\s]*/).exec(near)[0].length;
		else if (/Line/.test(kind)) n = (back ? /[^\n]*$/ : /^[^\n]*/).exec(near)[0].length;
		else {
			const signs = [...new Intl.Segmenter().segment(near)];
			n = (back ? signs.at(-1) : signs[0])?.segment.length ?? 0;
		}
		return back ? { at: place - n, to: place } : { at: place, to: place + n };
	}

	/** Reads back what an input method wrote into a line. */
	#composed() {
		this.composing = false;
		const caret = this.selection();
		let start = 0;
		for (const line of this.lines) {
			const now = line.el.textContent.replaceAll("\n", "");
			if (now !== line.text && line.el.isConnected) {
				let a = 0, z = 0;
				const shorter = Math.min(now.length, line.text.length);
				while (a < shorter && now[a] === line.text[a]) a++;
				while (z < shorter - a && now.at(-1 - z) === line.text.at(-1 - z)) z++;
				const there = caret ? start + a + now.length - a - z : null;
				this.work.edit(start + a, start + line.text.length - z, now.slice(a, now.length - z));
				if (there !== null) this.select(there);
				return;
			}
			start += line.text.length + line.gap;
		}
		this.paint();
	}

	/** The text itself, without the blank lines that copied paragraphs have. */
	#copy(e) {
		const s = this.selection();
		if (!s || s.at === s.to || !this.work.editable) return;
		e.preventDefault();
		e.clipboardData.setData("text/plain", this.work.text.slice(s.at, s.to));
		if (e.type === "cut") this.#write(s.at, s.to, "");
	}
}
