// The card of a concept: its names in each language with their status, and what else is known.
import { el } from "./dom.js";
import { has, t } from "./language.js";

// Facts that are another concept to look at.
const links = /^(crossReference|see|relatedConcept|relatedConceptBroader|relatedConceptNarrower)$/i;
const rank = { preferred: 0, admitted: 1, superseded: 2, deprecated: 3 };

const label = (category) => (has(`fact.${category}`) ? t(`fact.${category}`) : category.replace(/^x-/, ""));

function worded(fact) {
	return has(`value.${fact.value}`) ? t(`value.${fact.value}`) : fact.value;
}

/** Addresses in a text become links; they open apart and tell nobody where one came from. */
function linked(text) {
	return text.split(/(https?:\/\/[^\s;<>"]+)/).map((piece, i) => (i % 2 === 0 ? piece :
		el("a", { href: piece, target: "_blank", rel: "noopener noreferrer" }, piece)));
}

function value(fact, open) {
	if (links.test(fact.category))
		return el("button.link", { type: "button", onclick: () => open(fact.value) }, fact.value);
	return el("span", { lang: fact.language }, linked(worded(fact)));
}

function row(name) {
	const status = has(`status.${name.status}`) ? t(`status.${name.status}`) : name.status;
	return el("li.name", el(`span.term.${name.status}`, { lang: name.language }, name.term), " ",
		el(`span.tag.${name.status}`, status), name.short && el("span.tag", t("acronym")),
		name.facts.length > 0 && el("span.soft.small.block", name.facts.map((f) =>
			`${label(f.category)}${t("colon")}${worded(f)}`).join(" · ")));
}

/** acts: open(concept), and edit or null. */
export function card({ names, rest }, told, acts) {
	const languages = [...new Set(names.map((n) => n.language))].sort((a, b) => (b === "fr") - (a === "fr") ||
		(b === "en") - (a === "en") || String(a).localeCompare(b));
	const main = languages.map((l) => names.find((n) => n.language === l && n.status === "preferred"))
		.filter(Boolean).slice(0, 2);
	return el("article.card",
		el("h3", { tabindex: "-1" }, main.length ? main.flatMap((n, i) => [i > 0 ? " · " : null,
			el("span", { lang: n.language }, n.term)]).filter(Boolean) : told.concept),
		languages.map((l) => [el("h4", has(`language.${l}`) ? t(`language.${l}`) : l),
			el("ul.names", names.filter((n) => n.language === l)
				.sort((a, b) => (rank[a.status] ?? 4) - (rank[b.status] ?? 4)).map(row))]).flat(),
		rest.length > 0 && el("dl", rest.flatMap((f) => [el("dt", label(f.category),
			f.language && el("span.code", f.language)), el("dd", value(f, acts.open))])),
		told.history?.length ? el("details", el("summary", t("history")), el("ul", told.history.map((h) =>
			el("li", [h.when, h.who, h.action, h.what].filter(Boolean).join(" · "))))) : null,
		el("p.soft.small", t("concept"), " ", told.concept, told.layer ? ` · ${told.layer}` : ""),
		acts.edit && el("p.actions", el("button", { type: "button", id: "term-edit", onclick: acts.edit }, t("edit"))));
}
