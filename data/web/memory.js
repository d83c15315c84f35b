// Memory: where words stand in the translation memory, and what it has that is like a segment.
import { debounce, el, fill, say } from "./dom.js";
import { attempt } from "./desk.js";
import { apply, language, t } from "./language.js";
import { importer } from "./import.js";
import { concordance, match } from "./server.js";
import { pieces } from "./text-view.js";

let words, text, side, direction, results, taking, running = null, last = null;

const other = (l) => (l === "fr" ? "en" : "fr");

/** Asks, and drops the answer when another question came meanwhile. */
async function ask(question, draw) {
	running?.abort();
	const mine = running = new AbortController();
	const told = await attempt(() => question(mine.signal));
	if (!told || running !== mine) return;
	last = () => draw(told);
	last();
}

function from(unit) {
	return el("p.soft.small", [unit.document, unit.author, unit.changed?.slice(0, 10)].filter(Boolean).join(" · "));
}

function unitRow(source, target, unit) {
	return el("li.unit", el("p.side", source), el("p.side", target), from(unit));
}

function drawConcordance(told) {
	const marked = (u, s) => (s === side.value ?
		pieces(u[s], u.marks ?? [], (m, piece) => el("mark.hit", piece)) : u[s]);
	const n = told.total ?? told.units.length;
	say(t("n.units", { n }));
	fill(results, el("p.soft", n ? t("n.units", { n }) : t("memory.none")),
		el("ol.units", told.units.map((u) => unitRow(marked(u, "source"), marked(u, "target"), u))));
}

/** The segment of the memory (second) with what is to be changed to have one's own (first): words
 *  left out and put in. */
function difference(changes) {
	const out = [];
	for (const c of changes) {
		if (out.length) out.push(" ");
		if (c.change === "none") out.push(c.first || c.second);
		else {
			if (c.second) out.push(el("del", { title: t("memory.there") }, c.second));
			if (c.first && c.second) out.push(" ");
			if (c.first) out.push(el("ins", { title: t("memory.yours") }, c.first));
		}
	}
	return out;
}

function drawMatches(told) {
	const matches = told.matches ?? [], phrases = told.phrases ?? [];
	say(t("n.matches", { n: matches.length }));
	const one = (m) => el("li.unit",
		el("p.score", el("strong", (m.score / 100).toLocaleString(language,
			{ style: "percent", maximumFractionDigits: 1 }))),
		el("p.side", m.difference?.length ? difference(m.difference) : m.source),
		el("p.side", m.proposed || m.target, m.proposed && m.proposed !== m.target &&
			el("span.block.soft.small", t("memory.stored"), " ", m.target)), from(m));
	const phrase = (p) => el("li.unit", el("p.side", el("strong", p.phrase ?? p.text ?? ""), " ", p.source ?? ""),
		el("p.side", p.target ?? ""), from(p));
	fill(results, el("p.soft", matches.length ? t("n.matches", { n: matches.length }) : t("memory.no.match")),
		el("ol.units.matches", matches.map(one)),
		phrases.length > 0 && [el("h3", t("phrases")), el("ol.units", phrases.map(phrase))]);
}

function search() {
	const q = words.value.trim();
	if (q === "") {
		fill(results);
		last = null;
		return;
	}
	ask((signal) => concordance(q, side.value, signal), drawConcordance);
}

function matches() {
	const q = text.value.trim();
	if (q === "") return;
	const [source, target] = direction.value.split("-");
	ask((signal) => match({ text: q, source, target, threshold: 60, most: 8 }, signal), drawMatches);
}

/** What a token allows may be more. */
export function allow(status) {
	taking.allow(Boolean(status.write));
}

export function begin(section, status) {
	const later = debounce(search, 250);
	words = el("input", { type: "search", id: "memory-words", autocomplete: "off", spellcheck: "false", oninput: later });
	side = el("select", { id: "memory-side", data: { tLabel: "memory.side" }, onchange: search },
		["source", "target"].map((s) => el("option", { value: s, data: { t: `in.${s}` } })));
	text = el("textarea", { id: "memory-text", rows: 3, spellcheck: "false", onkeydown: (e) => {
		if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
		e.preventDefault();
		matches();
	} });
	const from = other(language);
	direction = el("select", { id: "memory-direction", data: { tLabel: "direction" } },
		[`${from}-${other(from)}`, `${other(from)}-${from}`].map((d) =>
			el("option", { value: d, data: { t: `direction.${d}` } })));
	results = el("div.results", { id: "memory-results" });
	const absent = el("p.remark", { hidden: status.memory !== false, data: { t: "memory.absent" } });
	taking = importer("memory", () => {
		absent.hidden = true;
		search();
	});
	taking.allow(Boolean(status.write));
	section.append(absent, el("div.taking", taking.tools, taking.result),
		el("div.two.asks",
			el("form.field", { role: "search", onsubmit: (e) => {
				e.preventDefault();
				later.cancel();
				search();
			} }, el("label", { for: "memory-words", data: { t: "concordance" } }),
			el("div.actions", words, side)),
			el("form.field", { onsubmit: (e) => {
				e.preventDefault();
				matches();
			} }, el("label", { for: "memory-text", data: { t: "match" } }), text,
			el("div.actions", direction, el("button.main", { id: "memory-go", data: { t: "match.go" } })))),
		results);
	apply(section);
	return { retranslate: () => {
		last?.();
		taking.retranslate();
	}, focus: () => words.focus() };
}
