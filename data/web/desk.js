// A document on the desk: the bar of what can be done, its text, and the list of findings. The
// views Check and Compare are desks that differ in how they show the text.
import { apply, t } from "./language.js";
import { el, fill, notice, save, say } from "./dom.js";
import { explain, Findings } from "./findings.js";
import { document_, fixed, Refused, upload } from "./server.js";

const alike = (a, b) => a.text === b.text && a.findings.length === b.findings.length &&
	a.findings.every((f, i) => f.rule === b.findings[i].rule && f.at === b.findings[i].at);

/** "letter.docx" becomes "letter-fixed.docx", as the server calls it. */
function fixedName(name) {
	const dot = name.lastIndexOf(".");
	const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name || "text", ".txt"];
	return `${stem}-${t("fixed")}${end}`;
}

/** Tells a refusal to the user; other faults are the page's own and go on. */
export async function attempt(deed) {
	try {
		notice("");
		return await deed();
	} catch (e) {
		if (e.name === "AbortError") return undefined;
		if (!(e instanceof Refused)) throw e;
		notice(e.message);
		return undefined;
	}
}

export class Desk {
	/** parts: { view, again: what checks anew, first and settings: elements of the bar } */
	constructor(work, prefix, parts) {
		work.prefix = prefix;
		Object.assign(this, { work, ...parts });
		this.findings = new Findings(work, (key) => this.view.reveal(key));
		const button = (name, act, title) => el("button", { type: "button", id: `${prefix}-${name}`,
			onclick: act, title, data: { t: name } });
		this.buttons = {
			safe: button("accept.safe", () => this.#safe()),
			undo: button("undo", () => this.undo(), "Ctrl+Z"),
			redo: button("redo", () => this.redo(), "Ctrl+Y"),
			again: button("again", () => this.again(), "Ctrl+Enter"),
			download: button("download", () => this.#download(), "Ctrl+S"),
		};
		this.as = el("select", { id: `${prefix}-as`, data: { tLabel: "as" } });
		this.title = el("p.title");
		this.bar = el("div.bar", { role: "toolbar", data: { tLabel: "tools" } }, this.first ?? [],
			...Object.values(this.buttons).slice(0, 4), this.settings ?? [],
			el("span.join", this.as, this.buttons.download));
		this.root = el("div.desk", { hidden: true }, this.bar, this.title,
			el("div.panes", el("div.pane", this.view.root), this.findings.root));
		work.addEventListener("change", ({ detail }) => this.#later(detail));
		work.addEventListener("change", ({ detail }) => detail.what === "stale" && this.reread());
		this.retranslate();
	}

	show(shown = true) {
		this.root.hidden = !shown;
	}

	/** One edit tells several things; they are shown once. */
	#later(detail) {
		if (!this.waiting) queueMicrotask(() => {
			const all = this.waiting;
			this.waiting = null;
			this.#state(all);
		});
		this.waiting ??= {};
		this.waiting.whole ||= detail.what === "text" && detail.whole;
		this.waiting.checked ||= detail.checked;
	}

	#state(news = {}) {
		const { work, buttons } = this, n = work.safe().length;
		buttons.safe.textContent = t("accept.safe.n", { n });
		buttons.safe.disabled = n === 0;
		buttons.undo.disabled = work.done.length === 0;
		buttons.redo.disabled = work.undone.length === 0;
		buttons.again.disabled = buttons.download.disabled = work.text === "";
		this.view.root.lang = work.language ?? "";
		if (news.whole) this.#forms();
		fill(this.title, this.#titleText());
		if (news.checked && work.text !== "") this.#announce();
	}

	#titleText() {
		const { work } = this;
		if (work.text === "") return "";
		const open = work.open().length;
		return [work.name || t("text.own"), work.language && t(`language.${work.language}`),
			t("n.words", { n: work.words }), open ? t("n.open", { n: open }) : t("clean"), work.remark]
			.filter(Boolean).join(" · ");
	}

	/** Says how many there are when that changed, not with every letter. */
	#announce() {
		const n = this.work.open().length;
		if (n === this.told) return;
		this.told = n;
		say(n ? t("n.open", { n }) : t("clean"));
	}

	/** In which forms the file can be had. */
	#forms() {
		const { work } = this;
		const all = work.package ? ["plain", "tracked", "comments", "review"] : ["plain"];
		const had = this.as.value;
		fill(this.as, all.map((as) => el("option", { value: as }, t(`as.${as}`))));
		if (all.includes(had)) this.as.value = had;
		this.as.hidden = all.length === 1;
	}

	undo() {
		if (!this.work.undo()) say(t("undo.none"));
	}

	redo() {
		if (!this.work.redo()) say(t("redo.none"));
	}

	#safe() {
		const n = this.work.safe().length;
		this.work.acceptSafe();
		say(t("accepted.n", { n }));
		if (this.buttons.safe.disabled) this.buttons.undo.focus();
	}

	/** The file with what was accepted, as the server makes it. What was corrected before it was checked
	 *  again stays a tracked change in all forms but the plain one. */
	file(as) {
		const { id, marked } = this.work;
		return fixed(as === "plain" ? id : marked ?? id, as, this.work.accepted());
	}

	/** In the other language messages are asked for anew; what was decided stays. */
	async reread() {
		const { work } = this, { id } = work;
		const told = await attempt(() => document_(id));
		if (told && id === work.id) work.found(told);
	}

	/** The corrected file takes the place of the one it was made of, which can be undone; beside it the
	 *  same is kept with the corrections as tracked changes, as long as both say the same. What the
	 *  server keeps from now on is added to kept. */
	async recheck(asked, kept) {
		this.root.setAttribute("aria-busy", "true");
		await attempt(async () => {
			const { name, package: parts, version } = this.work;
			const send = async (as) => {
				const told = await upload(name, (await this.file(as)).blob, asked);
				kept.push(told.id);
				return told;
			};
			const told = await send("plain");
			const marked = parts ? await send("tracked") : null;
			if (version === this.work.version)
				this.work.succeed(told, marked && alike(told, marked) ? marked.id : null);
		});
		this.root.removeAttribute("aria-busy");
	}

	async #download() {
		const { work } = this;
		if (work.id === null) {
			const text = work.crlf ? work.text.replaceAll("\n", "\r\n") : work.text;
			save(new Blob([text], { type: "text/plain" }), fixedName(work.name));
			return;
		}
		const had = await attempt(() => this.file(this.as.value));
		if (had) save(had.blob, had.name || fixedName(work.name));
	}

	/** The keys of the view, wherever the focus is in it. True: it was one of them. */
	key(e) {
		const f = this.findings, work = this.work;
		const command = e.ctrlKey || e.metaKey;
		const elsewhere = /^(INPUT|TEXTAREA)$/.test(e.target.tagName);
		const letter = e.key.toLowerCase();
		const place = () => this.view.selection?.()?.at ?? 0;
		if (e.altKey && /^(Enter|Delete)$/.test(e.key) && !f.chosen()) this.#here(place());
		if (e.key === "F8") f.step(e.shiftKey ? -1 : 1, place());
		else if (e.altKey && e.key === "Enter") f.acceptFirst();
		else if (e.altKey && e.key === "Delete") f.settle((x) => work.ignore(x));
		else if (e.key === "F2" && f.chosen()) explain(f.chosen().rule);
		else if (command && letter === "z" && !elsewhere) e.shiftKey ? this.redo() : this.undo();
		else if (command && letter === "y" && !elsewhere) this.redo();
		else if (command && e.key === "Enter") this.again();
		else if (command && letter === "s") this.#download();
		else return false;
		e.preventDefault();
		return true;
	}

	/** Opens the finding at the caret. */
	#here(place) {
		const found = this.work.open().find((x) => x.at <= place && place <= x.to);
		if (found) this.findings.pick(found.key);
	}

	retranslate() {
		apply(this.root);
		this.#forms();
		this.#state();
		this.findings.draw();
	}
}
