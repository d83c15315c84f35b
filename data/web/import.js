// Taking in a file of terms or of units: a button, how far it is, and what came of it.
import { el, fill, notice, say } from "./dom.js";
import { language, t } from "./language.js";
import { bring, Refused } from "./server.js";

/** kind: "terms" or "memory"; taken: what is done when something was taken in. */
export function importer(kind, taken = () => {}) {
	let running = null, last = null;
	const file = el("input.away", { type: "file", id: `${kind}-file`, tabindex: "-1", "aria-hidden": "true",
		onchange: () => {
			if (file.files[0]) take(file.files[0]);
			file.value = "";
		} });
	const button = el("button", { type: "button", id: `${kind}-import`, onclick: () => file.click(),
		data: { t: `${kind}.import` } });
	const bar = el("progress", { max: "1", value: "0", data: { tLabel: "import.at" } });
	const stop = el("button", { type: "button", onclick: () => running?.abort(), data: { t: "cancel" } });
	const state = el("span.soft.small");
	const work = el("span.importing", { hidden: true }, bar, state, stop);
	const result = el("div.imported", { hidden: true });

	function draw() {
		if (!last) return;
		const { name, told } = last;
		const counts = ["added", "changed", "same", "skipped"].filter((c) => told[c] !== undefined &&
			(told[c] > 0 || c === "added")).map((c) => t(`n.${c}`, { n: told[c] }));
		const line = `${name}${t("colon")}${counts.join(", ")}`;
		fill(result, el("p.small", line), told.reasons?.length > 0 && el("ul.small.soft",
			told.reasons.slice(0, 5).map((r) => el("li", `${t("line", { n: r.line })}${t("colon")}${r.why}`))));
		result.hidden = false;
		return line;
	}

	async function take(chosen) {
		const mine = running = new AbortController();
		notice("");
		result.hidden = true;
		button.hidden = true;
		work.hidden = false;
		bar.value = 0;
		state.textContent = chosen.name;
		try {
			const told = await bring(kind, chosen, (share) => {
				bar.value = share;
				state.textContent = `${chosen.name} ${share.toLocaleString(language, { style: "percent" })}`;
			}, mine.signal);
			last = { name: chosen.name, told };
			say(draw());
			taken();
		} catch (e) {
			if (e.name === "AbortError") say(t("import.stopped"));
			else if (e instanceof Refused) notice(e.message);
			else throw e;
		} finally {
			button.hidden = false;
			work.hidden = true;
			button.focus();
		}
	}

	return { tools: el("span.join.imports", file, button, work), result, retranslate: draw,
		allow: (yes) => { button.disabled = !yes; button.hidden = !yes; } };
}
