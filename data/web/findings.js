// The list of findings beside a text: sorted and filtered as asked, one of them open with what can
// be done about it. It is filled as it is scrolled, so that thousands cost nothing.
import { bring, dialog, el, fill, notice } from "./dom.js";
import { language, t } from "./language.js";
import { Refused, rule } from "./server.js";
import { bySeverity } from "./work.js";

const page = 150;
const severities = ["error", "warning", "info"];

/** The card of a rule, in a dialog. */
export async function explain(id) {
	let told;
	try {
		told = await rule(id);
	} catch (e) {
		if (!(e instanceof Refused)) throw e;
		notice(e.message);
		return;
	}
	const example = (e) => [
		e.wrong && el("p.wrong", { lang: e.language }, el("span.tag", t("wrong")), " ", e.wrong),
		e.right && el("p.right", { lang: e.language }, el("span.tag", t("right")), " ", e.right)];
	const paragraphs = (told.explanation ?? "").split(/\n\s*\n/).filter(Boolean);
	const box = dialog(
		el("h2", { tabindex: "-1" }, told.summary),
		el("p.soft", told.id, " · ", t(told.severity), " · ", t(`fix.${told.fix ?? "none"}`)),
		paragraphs.map((p) => el("p", p.replace(/\s*\n\s*/g, " "))),
		told.source && el("p.soft", t("source"), " ", told.source),
		told.examples?.length ? el("h3", t("examples")) : null,
		el("div.examples", (told.examples ?? []).flatMap(example)),
		el("p.actions", el("button.main", { type: "button", onclick: () => box.close() },
			t("close"))));
	box.setAttribute("aria-label", told.summary);
}

/** A count beside the name of its severity. */
function counted(severity, n) {
	return [el(`span.sign.${severity}`, { "aria-hidden": "true" }),
		el("span.few", { "aria-hidden": "true" }, n.toLocaleString(language)),
		el("span.words", t(`n.${severity}`, { n }))];
}

export class Findings {
	/** picked(key) is told which finding is chosen. */
	constructor(work, picked) {
		Object.assign(this, { work, picked, key: null, shown: [], made: 0, hidden: new Set() });
		this.order = "place";
		this.state = "open";
		this.family = "";
		this.filters = el("div.filters", { role: "group", data: { tLabel: "filter" } });
		this.list = el("ol.findings", { data: { tLabel: "findings" } });
		this.end = el("div");
		this.body = el("div.scroll", { tabindex: "-1" }, this.list, this.end);
		this.root = el("aside.list", { data: { tLabel: "findings" } }, this.filters, this.body);
		this.root.addEventListener("keydown", (e) => this.#key(e));
		new IntersectionObserver((seen) => seen[0].isIntersecting && this.#more(),
			{ root: this.body, rootMargin: "400px" }).observe(this.end);
		work.addEventListener("change", ({ detail }) => {
			if (detail.what === "findings") this.draw();
		});
		this.draw();
	}

	#isShown(f) {
		const ignored = this.work.isIgnored(f), accepted = f.choice !== null;
		const state = ignored ? "ignored" : accepted ? "accepted" : "open";
		return state === this.state && !this.hidden.has(f.severity) &&
			(this.family === "" || f.rule === this.family);
	}

	/** Draws anew where something changed, and keeps the focus where it was. */
	draw() {
		const now = [language, this.work.text === "", this.state, this.order, this.family, ...this.hidden,
			...this.work.findings.map((f) => `${f.key} ${f.choice} ${this.work.isIgnored(f)} ${f.message}`)].join("\n");
		if (now === this.drawn) return;
		this.drawn = now;
		const focus = this.list.contains(document.activeElement) ?
			document.activeElement.closest("li").dataset.finding : null;
		const top = this.body.scrollTop;
		const before = this.shown.findIndex((f) => f.key === this.key);
		this.shown = this.work.findings.filter((f) => this.#isShown(f));
		if (this.order === "severity") this.shown.sort(bySeverity);
		if (this.key !== null && !this.shown.some((f) => f.key === this.key)) {
			// The next one takes the place of one that was decided.
			const gone = before >= 0 && focus !== null ? this.shown[Math.min(before, this.shown.length - 1)] : null;
			this.key = gone?.key ?? null;
			this.picked(this.key, false);
		}
		this.#filters();
		const n = Math.max(this.made, page);
		this.made = 0;
		this.list.replaceChildren();
		this.#more(n);
		this.body.scrollTop = top;
		if (this.shown.length === 0) this.list.append(el("li.none", this.#nothing()));
		if (focus !== null) (this.#head(this.key) ?? this.body).focus({ preventScroll: true });
	}

	#nothing() {
		if (this.work.text === "") return t("none.text");
		if (this.work.findings.length === 0) return t("clean");
		return this.state === "open" && this.work.open().length === 0 ? t("decided") : t("none.filter");
	}

	#filters() {
		const open = this.work.findings.filter((f) => f.choice === null && !this.work.isIgnored(f));
		const had = this.filters.contains(document.activeElement) ? document.activeElement.id : null;
		const n = (s) => open.filter((f) => f.severity === s).length;
		const chips = severities.map((s) => el(`button.chip`, {
			type: "button", id: `${this.id()}-${s}`, "aria-pressed": String(!this.hidden.has(s)),
			onclick: () => {
				if (!this.hidden.delete(s)) this.hidden.add(s);
				this.draw();
			} }, counted(s, n(s))));
		const choice = (name, label, options, take) => {
			const id = `${this.id()}-${name}`;
			const made = el("select", { id, "aria-label": label, onchange: (e) => {
				take(e.target.value);
				this.draw();
			} }, options.map(([value, text]) => el("option", { value }, text)));
			made.value = this[name];
			return made;
		};
		const rules = new Map();
		for (const f of open) rules.set(f.rule, (rules.get(f.rule) ?? 0) + 1);
		if (this.family !== "" && !rules.has(this.family)) rules.set(this.family, 0);
		const decided = (f) => f.choice !== null && !this.work.isIgnored(f);
		const states = [["open", t("open", { n: open.length })],
			["ignored", t("ignored", { n: this.work.findings.filter((f) => this.work.isIgnored(f)).length })]];
		if (!this.work.editable)
			states.push(["accepted", t("accepted", { n: this.work.findings.filter(decided).length })]);
		fill(this.filters, el("div.chips", chips), el("div.selects",
			choice("state", t("state"), states, (v) => { this.state = v; }),
			choice("order", t("order"), [["place", t("by.place")], ["severity", t("by.severity")]],
				(v) => { this.order = v; }),
			choice("family", t("rule"), [["", t("all.rules")],
				...[...rules].sort().map(([r, m]) => [r, `${r} (${m})`])], (v) => { this.family = v; })));
		if (had) document.getElementById(had)?.focus();
	}

	id() {
		return this.work.prefix ?? "f";
	}

	#more(n = page) {
		const from = this.made;
		this.made = Math.min(this.shown.length, from + n);
		this.list.append(...this.shown.slice(from, this.made).map((f) => this.#item(f)));
	}

	#item(f) {
		const chosen = f.key === this.key;
		const to = f.choice ?? 0;
		const change = el("span.change", el("span.was", { lang: this.work.language }, f.text || "∅"),
			f.suggestions.length > 0 && [" → ", el("span.becomes", { lang: this.work.language },
				f.suggestions[to] || t("nothing"))]);
		return el(`li${chosen ? ".chosen" : ""}`, { data: { finding: f.key } },
			el("button.head", { type: "button", "aria-expanded": String(chosen),
				onclick: () => this.pick(chosen ? null : f.key) },
			el(`span.sign.${f.severity}`, { role: "img", "aria-label": t(f.severity) }),
			el("span.said", change, el("span.message", f.message))),
			chosen && this.#open(f));
	}

	/** What can be done about a finding. */
	#open(f) {
		const button = (name, act, key) => el(`button`, { type: "button", title: key, onclick: act }, t(name));
		const settled = f.choice !== null || this.work.isIgnored(f);
		const suggestions = settled ? [] : f.suggestions.map((s, i) => el(`button${i === 0 ? ".main" : ""}.suggestion`,
			{ type: "button", lang: this.work.language, "aria-label": t("accept.this", { text: s || t("nothing") }),
				title: i === 0 ? "Alt+Enter" : null,
				onclick: () => this.work.accept([[f, i]]) }, s || t("nothing")));
		return el("div.open",
			f.source?.text && el("p.facing", el("span.tag", t("of.source")), " ",
				el("span", { lang: this.work.language === "fr" ? "en" : "fr" }, f.source.text)),
			suggestions.length > 0 && el("div.actions", { role: "group", "aria-label": t("suggestions") }, suggestions),
			el("div.actions",
				settled ? button("restore", () => (f.choice !== null ? this.work.reject(f) : this.work.restore(f))) :
					[button("ignore", () => this.work.ignore(f), "Alt+Delete"),
						button("ignore.rule", () => this.work.ignoreRule(f))],
				button("explain", () => explain(f.rule), "F2")),
			el("p.soft.small", [f.rule, f.location || (f.line ? t("line", { n: f.line }) : ""),
				t(`fix.${f.fix ?? "none"}`)].filter(Boolean).join(" · ")));
	}

	#head(key) {
		return this.list.querySelector(`li[data-finding="${key}"] .head`);
	}

	/** Opens one and shows it. */
	pick(key, focus = false) {
		const had = this.list.contains(document.activeElement);
		const old = this.#head(this.key)?.parentElement;
		this.key = key;
		const redraw = (li, f) => li && f && li.replaceWith(this.#item(f));
		if (old) redraw(old, this.work.get(Number(old.dataset.finding)));
		const i = this.shown.findIndex((f) => f.key === key);
		if (i >= this.made) this.#more(i - this.made + page);
		redraw(this.#head(key)?.parentElement, this.work.get(key));
		const head = this.#head(key ?? Number(old?.dataset.finding));
		if (head && (focus || had)) head.focus({ preventScroll: true });
		if (key !== null && head) bring(head.parentElement);
		this.picked(key, true);
	}

	/** The next one of the list, or the one before; from the place of the caret when none is open. */
	step(by, place = 0) {
		if (this.shown.length === 0) return;
		let i = this.shown.findIndex((f) => f.key === this.key);
		if (i < 0) {
			const after = this.shown.findIndex((f) => f.at >= place);
			i = by > 0 ? (after < 0 ? -1 : after - 1) : (after < 0 ? 0 : after);
		}
		const n = this.shown.length;
		this.pick(this.shown[(i + by + n) % n].key);
	}

	chosen() {
		return this.key === null ? null : this.work.get(this.key);
	}

	/** Deals with the open one, and opens the next. */
	settle(act) {
		const f = this.chosen();
		if (!f || f.choice !== null || this.work.isIgnored(f)) return;
		const i = this.shown.findIndex((x) => x.key === f.key);
		act(f);
		const next = this.shown[Math.min(i, this.shown.length - 1)];
		if (next) this.pick(next.key);
	}

	#key(e) {
		if (e.altKey || e.ctrlKey || e.metaKey || /^(INPUT|SELECT)$/.test(e.target.tagName)) return;
		const act = {
			ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1),
			j: () => this.step(1), k: () => this.step(-1),
			a: () => this.acceptFirst(), i: () => this.settle((f) => this.work.ignore(f)),
			e: () => this.chosen() && explain(this.chosen().rule),
		}[e.key];
		if (!act) return;
		e.preventDefault();
		act();
		if (/^(Arrow|[jk]$)/.test(e.key)) this.#head(this.key)?.focus({ preventScroll: true });
	}

	acceptFirst() {
		this.settle((f) => f.suggestions.length > 0 && this.work.accept([[f, 0]]));
	}
}
