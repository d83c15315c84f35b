// Terms: search as one types, cards of concepts, and changes where the server allows them.
import { debounce, el, fill, notice, say } from "./dom.js";
import { attempt } from "./desk.js";
import { apply, t } from "./language.js";
import { importer } from "./import.js";
import { card } from "./term-card.js";
import { addTerm, editTerm, Refused, removeTerm, term, terms } from "./server.js";

// The cells of a concept that the form offers, as columns of tables are called.
const cells = ["fr", "fr_acronym", "fr_admitted", "fr_deprecated", "en", "en_acronym", "en_admitted",
	"en_deprecated", "subject", "definition", "source", "note"];
let field, list, shelf, taking, writable = false, running = null, shown = null, hits = null;

const statuses = { "preferredTerm-admn-sts": "preferred", "admittedTerm-admn-sts": "admitted",
	"deprecatedTerm-admn-sts": "deprecated", "supersededTerm-admn-sts": "superseded" };

/** The facts of a concept, gathered: names by language with what is said of each, and the rest. */
function gather(told) {
	const names = new Map(), rest = [];
	for (const f of told.facts) {
		if (!f.term) {
			rest.push(f);
			continue;
		}
		const key = `${f.language}\n${f.term}`;
		if (!names.has(key)) names.set(key, { language: f.language, term: f.term, status: "preferred", facts: [] });
		const name = names.get(key);
		if (f.category === "administrativeStatus") name.status = statuses[f.value] ?? f.value;
		else if (f.category === "termType") name.short = f.value !== "fullForm";
		else if (f.category !== "term") name.facts.push(f);
	}
	return { names: [...names.values()], rest };
}

/** What a concept has in the cells of the form. */
function inCells(told) {
	const { names, rest } = gather(told);
	const of = (l, status, short) => names.filter((n) => n.language === l && n.status === status &&
		(short === undefined || Boolean(n.short) === short)).map((n) => n.term).join("; ");
	const fact = (c) => rest.find((f) => !f.language && f.category === c)?.value ?? "";
	const values = { subject: fact("subjectField"), definition: fact("definition"), source: fact("source"),
		note: fact("note") };
	for (const l of ["fr", "en"])
		Object.assign(values, { [l]: of(l, "preferred", false), [`${l}_acronym`]: of(l, "preferred", true),
			[`${l}_admitted`]: of(l, "admitted"), [`${l}_deprecated`]: of(l, "deprecated") });
	return values;
}

async function find() {
	running?.abort();
	const q = field.value.trim();
	if (q === "") {
		hits = null;
		fill(list);
		return;
	}
	const mine = running = new AbortController();
	const told = await attempt(() => terms(q, mine.signal));
	if (!told || running !== mine) return;
	hits = told.hits;
	draw();
	say(t("n.terms", { n: hits.length }));
}

/** A hit a line; the names of one concept stand together. */
function draw() {
	const concepts = new Map();
	for (const h of hits ?? []) {
		if (!concepts.has(h.concept)) concepts.set(h.concept, []);
		concepts.get(h.concept).push(h);
	}
	const item = ([id, names]) => el("li", el("button.head", { type: "button", data: { concept: id },
		"aria-current": shown?.concept === id ? "true" : null, onclick: () => show(id) },
	names.map((h) => el("span.hitname", el("span.code", h.language),
		el(`span${/deprecated|superseded/.test(h.status) ? ".bad" : ""}`, { lang: h.language }, h.term),
		h.status && !/preferred/.test(h.status) && el("span.tag", t(`status.${statuses[h.status] ?? h.status}`))))));
	fill(list, concepts.size ? [...concepts].map(item) : hits && el("li.none", t("terms.none")));
}

async function show(id, focus = true) {
	const told = await attempt(() => term(id));
	if (!told) return;
	shown = told;
	draw();
	fill(shelf, card(gather(told), told, { open: show, edit: writable ? () => edit(told) : null }));
	if (focus) shelf.querySelector("h3").focus();
}

function input(name, value) {
	const long = /definition|note/.test(name);
	const made = el(long ? "textarea" : "input", { id: `cell-${name}`, name, rows: long ? 3 : null,
		lang: /^(fr|en)/.exec(name)?.[0], autocomplete: "off" });
	made.value = value;
	return el("div.field", el("label", { for: made.id }, t(`cell.${name}`)), made);
}

/** The form of a concept: of a new one where told is null. */
function edit(told, mine = null) {
	const before = told ? inCells(told) : {};
	const values = { ...before, ...mine };
	const changed = () => Object.fromEntries(cells.map((c) => [c, form.elements[c].value.trim()])
		.filter(([c, v]) => v !== (before[c] ?? "")));
	const form = el("form.card", { onsubmit: (e) => {
		e.preventDefault();
		keep(told, changed());
	} }, el("h3", { tabindex: "-1" }, told ? t("term.edit", { id: told.concept }) : t("term.new")),
	told && mine && theirs(before, mine),
	el("p.soft.small", t("cell.several")),
	el("div.cells", cells.map((c) => input(c, values[c] ?? ""))),
	el("p.actions", el("button.main", { id: "term-save" }, t(mine ? "save.anyway" : "save")),
		el("button", { type: "button", onclick: () => (told ? show(told.concept) : fill(shelf)) }, t("cancel")),
		told && el("button.danger", { type: "button", id: "term-remove", onclick: () => remove(told) }, t("remove"))));
	fill(shelf, form);
	(mine ? form.querySelector("h3") : form.elements.fr).focus();
}

/** What somebody else wrote meanwhile in the cells that one has changed oneself. */
function theirs(now, mine) {
	const both = Object.keys(mine).filter((c) => now[c] !== mine[c]);
	return el("div.remark", { role: "alert" }, el("p", t("changed.meanwhile")),
		el("ul", both.map((c) => el("li", `${t(`cell.${c}`)}${t("colon")}`, now[c] || "–"))));
}

async function keep(told, changed) {
	if (Object.keys(changed).length === 0) {
		if (told) show(told.concept);
		return;
	}
	try {
		notice("");
		const now = told ? await editTerm(told.concept, told.version, changed) : await addTerm(changed);
		say(t("saved"));
		await show(now.concept ?? told.concept);
		find();
	} catch (e) {
		if (!(e instanceof Refused)) throw e;
		if (e.status === 412 && told) {
			const now = await attempt(() => term(told.concept));
			if (now) edit(now, changed);
		} else notice(e.status === 409 ? `${t("term.there")} ${e.message}` : e.message);
	}
}

async function remove(told) {
	if (!confirm(t("remove.sure", { id: told.concept }))) return;
	const done = await attempt(() => removeTerm(told.concept, told.version));
	if (!done) return;
	shown = null;
	fill(shelf);
	say(t("removed"));
	find();
	field.focus();
}

/** Arrows go from the field through the list. */
function arrows(e) {
	if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
	const all = [...list.querySelectorAll(".head")];
	const i = all.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
	if (document.activeElement !== field && !list.contains(document.activeElement)) return;
	e.preventDefault();
	(i < 0 ? field : all[Math.min(i, all.length - 1)])?.focus();
}

/** What a token allows may be more. */
export function allow(status) {
	writable = Boolean(status.termbase?.writable ?? status.write);
	document.getElementById("term-add").hidden = !writable;
	taking.allow(writable);
	if (shown && !shelf.querySelector("form")) show(shown.concept, false);
}

export function begin(section, status) {
	writable = Boolean(status.termbase?.writable ?? status.write);
	const later = debounce(find, 150);
	field = el("input", { type: "search", id: "terms-search", autocomplete: "off", spellcheck: "false",
		data: { tHint: "terms.hint" }, oninput: later });
	list = el("ul.hits", { data: { tLabel: "terms.found" } });
	shelf = el("div.shelf");
	taking = importer("terms", find);
	taking.allow(writable);
	section.append(
		el("form.ask", { role: "search", onsubmit: (e) => {
			e.preventDefault();
			later.cancel();
			find().then(() => list.querySelector(".head")?.click());
		} }, el("label", { for: "terms-search", data: { t: "terms.search" } }), el("div.actions", field,
			el("button", { type: "button", id: "term-add", hidden: !writable, onclick: () => edit(null),
				data: { t: "term.new" } }), taking.tools), taking.result),
		el("div.two.shelves", list, shelf));
	section.addEventListener("keydown", arrows);
	apply(section);
	return {
		retranslate() {
			draw();
			taking.retranslate();
			if (shown && !shelf.querySelector("form")) show(shown.concept, false);
		},
		focus: () => field.focus(),
	};
}
