// A document under work: its text, what was found in it, what the editor decided, and the way back.
//
// There are two kinds. A text that was typed or pasted lives here: accepting a suggestion edits it.
// A file (Word, PDF, …) lives on the server: its text stays, suggestions are marked as accepted and
// the server writes them into the file when it is fetched. All places are UTF-16 units of text.

import { language } from "./language.js";

const weight = { error: 0, warning: 1, info: 2 };

export class Work extends EventTarget {
	constructor() {
		super();
		this.lost = 0;
		this.start({ text: "" });
	}

	/** Begins anew with what the server says of a document, or with an empty text. What was ignored
	 *  stays so where it is the same document, checked again. */
	start(told, { editable = true, same = false } = {}) {
		this.text = told.text;
		this.id = editable ? null : told.id;
		this.marked = null;
		this.name = told.name ?? "";
		this.editable = editable;
		this.package = Boolean(told.package);
		this.pairs = told.pairs ?? null;
		this.remark = told.remark ?? "";
		this.language = told.language ?? null;
		this.words = told.words ?? 0;
		this.findings = [];
		if (!same) {
			this.ignored = new Set();
			this.silent = new Set();
		}
		this.done = [];
		this.undone = [];
		this.version = (this.version ?? 0) + 1;
		this.tell("text", { whole: true, fresh: true });
		this.found(told);
	}

	/** What one document is: not what was decided about rules and findings. */
	#whole() {
		const { text, id, marked, name, package: parts, pairs, remark, language: own, words, findings, ui } = this;
		return { text, id, marked, name, package: parts, pairs, remark, language: own, words, findings, ui };
	}

	/** The corrected file takes the place of the one it was made of, as a deed that can be undone.
	 *  marked: the id of the same with the corrections as tracked changes, to be downloaded so. */
	succeed(told, marked) {
		const { done } = this, before = this.#whole();
		this.start(told, { editable: false, same: true });
		this.marked = marked;
		const after = this.#whole();
		const set = (state) => {
			Object.assign(this, state, { version: this.version + 1 });
			this.tell("text", { whole: true });
			this.tell("findings");
			if (this.ui !== language) this.tell("stale");
		};
		this.done = [...done, { undo: () => set(before), redo: () => set(after) }];
		this.tell("history");
	}

	tell(what, detail = {}) {
		this.dispatchEvent(new CustomEvent("change", { detail: { what, ...detail } }));
	}

	/** Takes the findings of a check. One that was there before keeps its key, so that what is
	 *  shown of it stays. */
	found(told) {
		const keys = new Map(this.findings.map((f) => [`${f.rule} ${f.at} ${f.to}`, f]));
		this.language = told.language ?? this.language;
		this.words = told.words ?? this.words;
		this.ui = language;
		this.findings = (told.findings ?? []).map((f) => {
			const same = keys.get(`${f.rule} ${f.at} ${f.to}`);
			return { ...f, key: same?.key ?? ++this.lost, choice: same?.choice ?? null };
		}).sort((a, b) => a.at - b.at || a.to - b.to);
		this.tell("findings", { checked: true });
	}

	isIgnored(f) {
		return this.silent.has(f.rule) || this.ignored.has(f.fingerprint);
	}

	/** Those that still ask for a decision. */
	open() {
		return this.findings.filter((f) => f.choice === null && !this.isIgnored(f));
	}

	get(key) {
		return this.findings.find((f) => f.key === key);
	}

	/** Findings move with the text; those that an edit runs into are gone until the next check. */
	#splice(at, to, inserted) {
		const removed = this.text.slice(at, to);
		const by = inserted.length - removed.length;
		this.text = this.text.slice(0, at) + inserted + this.text.slice(to);
		const gone = [];
		this.findings = this.findings.filter((f) => {
			const touched = f.at === f.to ? f.at >= at && f.at <= to && at !== to :
				f.at < to && f.to > at || at === to && f.at < at && f.to > at;
			if (touched) gone.push({ ...f });
			else if (f.at >= to) {
				f.at += by;
				f.to += by;
			}
			return !touched;
		});
		this.version++;
		return { at, removed, inserted, gone };
	}

	#restore(gone) {
		if (gone.length === 0) return;
		this.findings = [...this.findings, ...gone].sort((a, b) => a.at - b.at || a.to - b.to);
	}

	/** Runs a deed and keeps how to undo it. */
	#deed(deed) {
		deed.redo();
		this.done.push(deed);
		this.undone = [];
		this.tell("history");
	}

	#cut(at, to, text) {
		let back = null;
		this.#deed({
			typed: false,
			redo: () => {
				back = this.#splice(at, to, text);
				this.tell("text", { at, to, inserted: text });
				this.tell("findings");
			},
			undo: () => this.#shown(at, at + text.length, back.removed, back.gone),
		});
		return this.done.at(-1);
	}

	/** Many cuts, in their order, as one deed: the text is put together once. */
	#cuts(cuts) {
		const before = { text: this.text, findings: this.findings };
		const parts = [], left = [];
		let pos = 0, by = 0, next = 0;
		for (const f of this.findings) {
			while (next < cuts.length && cuts[next].to <= f.at && cuts[next].at < f.at) {
				by += cuts[next].text.length - (cuts[next].to - cuts[next].at);
				next++;
			}
			if (next < cuts.length && f.to > cuts[next].at) continue;
			left.push({ ...f, at: f.at + by, to: f.to + by });
		}
		for (const c of cuts) {
			parts.push(this.text.slice(pos, c.at), c.text);
			pos = c.to;
		}
		const after = { text: parts.join("") + this.text.slice(pos), findings: left };
		const set = (state) => {
			Object.assign(this, state, { version: this.version + 1 });
			this.tell("text", { whole: true });
		};
		this.#deed({ typed: false, redo: () => set(after), undo: () => set(before) });
	}

	/** An edit by hand. Letters typed one after the other are undone together. */
	edit(at, to, text) {
		const last = this.done.at(-1);
		const goesOn = last?.typed && this.undone.length === 0 && at === to && at === last.end &&
			text.length === 1 && !/\s/.test(text) && Date.now() - last.when < 2000;
		if (!goesOn) {
			const deed = this.#cut(at, to, text);
			Object.assign(deed, { typed: at === to && text.length === 1, end: at + text.length,
				when: Date.now(), first: at, text });
			return;
		}
		this.done.pop();
		// Only the new letter is put in; undoing takes all of them.
		const now = this.#splice(at, to, text);
		this.tell("text", { at, to, inserted: text });
		this.tell("findings");
		const first = last.first, whole = last.text + text;
		this.done.push({
			typed: true, first, text: whole, end: at + 1, when: Date.now(),
			redo: () => this.#shown(first, first, whole, []),
			undo: () => this.#shown(first, first + whole.length, "", now.gone),
		});
		this.tell("history");
	}

	#shown(at, to, text, gone) {
		this.#splice(at, to, text);
		this.#restore(gone);
		this.tell("text", { at, to, inserted: text });
		this.tell("findings");
	}

	/** Accepts suggestions: [finding, index of the suggestion] each. */
	accept(choices) {
		if (choices.length === 0) return;
		if (this.editable) {
			const cuts = choices.map(([f, i]) => ({ at: f.at, to: f.to, text: f.suggestions[i] }));
			if (cuts.length === 1) this.#cut(cuts[0].at, cuts[0].to, cuts[0].text);
			else this.#cuts(cuts.sort((a, b) => a.at - b.at));
			return;
		}
		const before = choices.map(([f]) => [f.key, f.choice]);
		const set = (list) => {
			for (const [key, choice] of list) {
				const f = this.get(key);
				if (f) f.choice = choice;
			}
			this.tell("findings");
		};
		this.#deed({ redo: () => set(choices.map(([f, i]) => [f.key, i])), undo: () => set(before) });
	}

	/** Takes an accepted suggestion back. */
	reject(f) {
		this.accept([[f, null]]);
	}

	/** Those safe suggestions that do not run into one another. */
	safe() {
		let end = -1;
		return this.open().filter((f) => {
			const fits = f.fix === "safe" && f.suggestions.length > 0 && f.at >= end;
			if (fits) end = f.to;
			return fits;
		});
	}

	acceptSafe() {
		this.accept(this.safe().map((f) => [f, 0]));
	}

	#toggle(set, value) {
		const turn = () => {
			if (!set.delete(value)) set.add(value);
			this.tell("findings");
		};
		this.#deed({ redo: turn, undo: turn });
	}

	ignore(f) {
		this.#toggle(this.ignored, f.fingerprint);
	}

	ignoreRule(f) {
		this.#toggle(this.silent, f.rule);
	}

	/** Asks for a decision again. */
	restore(f) {
		if (this.silent.has(f.rule)) this.#toggle(this.silent, f.rule);
		else this.#toggle(this.ignored, f.fingerprint);
	}

	undo() {
		const deed = this.done.pop();
		if (!deed) return false;
		deed.undo();
		this.undone.push(deed);
		this.tell("history");
		return true;
	}

	redo() {
		const deed = this.undone.pop();
		if (!deed) return false;
		deed.redo();
		this.done.push(deed);
		this.tell("history");
		return true;
	}

	/** What the server is to put into a file. */
	accepted() {
		return this.findings.filter((f) => f.choice !== null)
			.map((f) => ({ finding: f.n, suggestion: f.choice }));
	}
}

export function bySeverity(a, b) {
	return weight[a.severity] - weight[b.severity] || a.at - b.at;
}
