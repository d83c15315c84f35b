// The web page as people use it. tests/web.py starts the server and calls this:
//   node tests/web.mjs ADDRESS FOLDER NPM CHROMIUM PROGRAM [SCREENSHOTS]
// CASE=translator in the environment: that one alone.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [address, folder, npm, executablePath, program, keep] = process.argv.slice(2);
const { GUARDED: guarded, TOKEN: secret } = process.env;
const require = createRequire(`${npm}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const count = { passed: 0, failed: 0 };
const faulty = "Il tient compte de l ’Asie et de la note ci -jointe.";
const english = "The Council adopted 12 resolutions.\n\nIt met in Geneva on 3 May 2024.\n\nIt took note of the agreement.\n";
const french = "Le Conseil a adopté 13 résolutions.\n\nIl s’est réuni à Genève le 3 mai 2024.\n\nIl a pris note de l ’accord.\n";

function judge(name, ok, why = "") {
	count[ok ? "passed" : "failed"]++;
	console.log(`${ok ? "ok" : "FAILED"} ${name}${ok ? "" : `: ${JSON.stringify(why)}`}`);
}

const same = (name, is, wanted) => judge(name, JSON.stringify(is) === JSON.stringify(wanted), { is, wanted });

/** A page of its own, which tells what went wrong in it and who else it spoke with. */
async function open(browser, options = {}, at = address, before = () => {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB",
		reducedMotion: "reduce", acceptDownloads: true, ...options });
	await context.addInitScript(before);
	const page = await context.newPage();
	page.setDefaultTimeout(60000); // other programs run, too
	page.trouble = [];
	page.on("pageerror", (e) => page.trouble.push(e.message));
	page.on("console", (m) => {
		// Refusals that a case provokes are told to the user, and to the console by the browser.
		if (m.type() === "error" && !/status of 4(09|12|13)/.test(m.text())) page.trouble.push(m.text());
	});
	page.on("request", (r) => {
		if (!r.url().startsWith(address) && !r.url().startsWith("blob:")) page.trouble.push(r.url());
	});
	await page.goto(at);
	await page.waitForSelector("html[data-ready]");
	return page;
}

const text = (page) => page.evaluate(() =>
	[...document.querySelectorAll("#view-check .line")].map((l) => l.textContent).join("\n"));
const open_ = (page, view = "check") =>
	page.locator(`#view-${view} .findings > li:not(.none)`).count();
const settled = (page, n, view = "check") =>
	page.waitForFunction(([v, m]) => document.querySelectorAll(`#view-${v} .findings > li:not(.none)`).length === m,
		[view, n]);
const clean = (page) => page.locator("#view-check .findings .none").getByText("Nothing to report.").waitFor();

/** Another view; who types at once types where its search is. */
async function go(page, view, field) {
	await page.click(`.tabs a[href='#${view}']`);
	await page.waitForFunction((f) => document.activeElement?.matches(f), field);
}

function drop(page, where, file, bytes) {
	return page.evaluate(([selector, name, base64]) => {
		const all = new DataTransfer();
		all.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
		for (const kind of ["dragover", "drop"])
			document.querySelector(selector).dispatchEvent(
				new DragEvent(kind, { dataTransfer: all, bubbles: true, cancelable: true }));
	}, [where, file, bytes.toString("base64")]);
}

async function download(page, button) {
	const [file] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
	const path = `${folder}/${file.suggestedFilename()}`;
	await file.saveAs(path);
	return { path, name: file.suggestedFilename() };
}

const paraph = (...args) => {
	try {
		return execFileSync(program, args, { encoding: "utf8" });
	} catch (e) {
		return e.stdout;
	}
};

async function editor(browser) {
	const page = await open(browser);
	const wanted = JSON.parse(paraph("check", "--no-config", "--format", "json", `${folder}/letter.docx`))
		.documents[0].findings;
	await drop(page, "#view-check", "letter.docx", readFileSync(`${folder}/letter.docx`));
	await page.waitForSelector("#view-check .findings .head");
	same("editor: the findings are those of paraph check", await open_(page), wanted.length);
	same("editor: each is marked where it stands", await page.locator(".text mark").allTextContents(),
		wanted.map((f) => f.text));
	await page.click(".text mark >> nth=0");
	await page.click(".findings li.chosen .suggestion");
	same("editor: an accepted one leaves the list", await open_(page), wanted.length - 1);
	same("editor: … and stands beside what it replaces", await page.locator(".text ins").allTextContents(),
		[wanted[0].suggestions[0]]);
	await page.click("#check-undo");
	same("editor: undone", [await open_(page), await page.locator(".text ins").count()], [wanted.length, 0]);
	await page.click("#check-redo");
	const one = await download(page, "#check-download");
	same("editor: the name of the corrected file", one.name, "letter-fixed.docx");
	const left = JSON.parse(paraph("check", "--no-config", "--format", "json", one.path)).documents[0].findings;
	same("editor: only what was accepted is corrected", left.map((f) => f.text), wanted.slice(1).map((f) => f.text));
	await page.click("#check-accept\\.safe");
	await page.selectOption("#check-as", "tracked");
	const tracked = await download(page, "#check-download");
	judge("editor: tracked changes", /<w:del\b/.test(execFileSync("python3", ["-c",
		"import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode())",
		tracked.path], { encoding: "utf8" })));
	await page.click("#check-again");
	await clean(page);
	judge("editor: checked again, it is clean", !/l ’|ci -|mo dèle|informations ,/.test(await text(page)), await text(page));
	const again = await download(page, "#check-download");
	const parts = (path) => execFileSync("python3", ["-c",
		"import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode())", path],
	{ encoding: "utf8" });
	judge("editor: … and the changes made before are still tracked", /<w:del\b/.test(parts(again.path)), parts(again.path));
	await page.selectOption("#check-as", "plain");
	const plain = await download(page, "#check-download");
	judge("editor: … or made without a trace", !/<w:del\b|<w:ins\b|l ’/.test(parts(plain.path)), parts(plain.path));
	await page.click("#check-undo");
	same("editor: … and can be undone", [await page.locator(".text ins").count(), await open_(page)], [wanted.length, 0]);
	await page.click("#check-undo");
	same("editor: … one step after the other", await open_(page), wanted.length - 1);
	await page.click("#check-redo");
	await page.click("#check-redo");
	await clean(page);
	same("editor: no trouble", page.trouble, []);
	await page.context().close();
}

/** An accent by a dead key, in the middle of a line that has marks. */
async function composing(page) {
	await page.click("#check-clear");
	await page.keyboard.type("Il tient compte de l ’Asie.");
	await settled(page, 1);
	await page.keyboard.press("Home");
	const keys = await page.context().newCDPSession(page);
	await keys.send("Input.imeSetComposition", { text: "ˆ", selectionStart: 1, selectionEnd: 1 });
	await keys.send("Input.imeSetComposition", { text: "ê", selectionStart: 1, selectionEnd: 1 });
	await keys.send("Input.insertText", { text: "ê" });
	await page.keyboard.type("t");
	same("typing: a dead key", await text(page), "êtIl tient compte de l ’Asie.");
	await settled(page, 1);
	same("typing: … and the mark went along", await page.locator(".text mark").allTextContents(), ["l ’Asie"]);
	await page.keyboard.press("Control+z");
	same("typing: … undone", await text(page), "Il tient compte de l ’Asie.");
}

async function typing(browser) {
	const page = await open(browser);
	await page.click(".text");
	await page.keyboard.type(faulty, { delay: 12 });
	await settled(page, 2);
	await page.keyboard.type(" Fin.");
	same("typing: the caret stays where one writes", await text(page), `${faulty} Fin.`);
	await page.keyboard.press("Enter");
	await page.keyboard.type("ab");
	await page.keyboard.press("Home");
	await page.keyboard.press("Backspace");
	same("typing: lines part and join", await text(page), `${faulty} Fin.ab`);
	await page.keyboard.press("End");
	await page.keyboard.press("Control+Backspace");
	same("typing: a word is deleted", await text(page), faulty.replace(/$/, " "));
	await page.keyboard.press("Control+a");
	await page.keyboard.type("x");
	same("typing: what is selected is replaced", await text(page), "x");
	await page.keyboard.press("Control+z");
	same("typing: undone", await text(page), `${faulty} `);
	await page.keyboard.press("Control+y");
	same("typing: redone", await text(page), "x");
	await page.keyboard.press("Control+z");
	await settled(page, 2);
	await page.keyboard.press("Control+Home");
	await page.keyboard.press("F8");
	await page.keyboard.press("Alt+Enter");
	judge("typing: the first suggestion is taken", (await text(page)).includes("de l’Asie"), await text(page));
	await page.keyboard.press("Control+z");
	judge("typing: … and taken back", (await text(page)).includes("de l ’Asie"), await text(page));
	await page.keyboard.press("F8");
	await page.keyboard.press("Alt+Delete");
	await settled(page, 1);
	await page.selectOption("#check-state", "ignored");
	same("typing: an ignored one can be found", await open_(page), 1);
	await page.selectOption("#check-state", "open");
	await composing(page);
	await page.click("#check-clear");
	await page.keyboard.insertText("<img src=x onerror=alert(1)> l ’Asie\r\nune ligne");
	await page.waitForSelector(".findings .head");
	same("typing: markup is text", [await page.locator(".text img").count(), await text(page)],
		[0, "<img src=x onerror=alert(1)> l ’Asie\nune ligne"]);
	const { path } = await download(page, "#check-download");
	same("typing: the text can be had", readFileSync(path, "utf8"), await text(page));
	await page.click("#ui-language");
	same("typing: … by the name that the server would give it",
		(await download(page, "#check-download")).name, "text-corrige.txt");
	same("typing: no trouble", page.trouble, []);
	await page.context().close();
}

/** A house style that the server has. */
async function house(browser) {
	const page = await open(browser);
	await page.waitForFunction(() => document.querySelectorAll("#check-profile option").length > 5);
	await page.click(".text");
	await page.keyboard.insertText("Le Conseil a adopté le texte, soit 22 % des voix\u00A0: c’est peu.");
	await clean(page);
	await page.selectOption("#check-profile", "un-fr-press");
	await page.waitForSelector("#view-check .findings .head");
	judge("house: another style finds something else", await open_(page) > 0, await open_(page));
	same("house: what it is for is told", await page.getAttribute("#check-profile", "title"),
		"French press releases and meetings coverage of the United Nations");
	await page.selectOption("#check-language", "en");
	await page.waitForFunction(() => document.querySelector("#check-profile").value === "");
	same("house: only styles of the language are offered", [await page.inputValue("#check-profile"),
		await page.locator("#check-profile option").evaluateAll((all) => all.map((o) => o.value))],
	["", ["", "un-en", "un-en-resolution"]]);
	same("house: no trouble", page.trouble, []);
	await page.context().close();
}

function paste(page, what) {
	return page.evaluate((t) => {
		const data = new DataTransfer();
		data.setData("text/plain", t);
		document.querySelector(".text").dispatchEvent(new InputEvent("beforeinput",
			{ inputType: "insertFromPaste", dataTransfer: data, bubbles: true, cancelable: true }));
	}, what);
}

/** Nine times an x: how long each takes to the next picture, the shortest first. */
function keyTimes(page) {
	return page.evaluate(async () => {
		const all = [];
		for (let i = 0; i < 9; i++) {
			const start = performance.now();
			document.querySelector(".text").dispatchEvent(new InputEvent("beforeinput",
				{ inputType: "insertText", data: "x", bubbles: true, cancelable: true }));
			await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
			all.push(Math.round(performance.now() - start));
		}
		return all.sort((a, b) => a - b);
	});
}

/**
 * Whether a key in a long text takes less than ten times what it takes in a short one, in the same
 * run: what is not laid out in time takes thirty and more. The best of each: other programs run, too.
 */
async function feelsShort(name, browser, times) {
	const page = await open(browser);
	await page.click(".text");
	await page.keyboard.insertText("Une ligne.");
	await clean(page);
	const short = await keyTimes(page);
	judge(`${name}: a key takes no time that one feels`, times[0] < 10 * Math.max(short[0], 16), { times, short });
	await page.context().close();
}

/** A megabyte in one line: a key draws a row of it. */
async function endless(browser) {
	const page = await open(browser);
	const part = `${faulty} Le texte est long, et rien ne le rend plus court que la lecture 😀. `;
	const whole = part.repeat(Math.ceil(1e6 / part.length));
	await page.click(".text");
	await paste(page, whole);
	await page.waitForSelector(".findings .head", { timeout: 60000 });
	const times = await keyTimes(page);
	console.log(`a key in a megabyte of one line, to the next picture: median ${times[4]} ms`);
	await feelsShort("one line", browser, times);
	await page.keyboard.press("Control+a");
	const copied = await page.evaluate(() => {
		const data = new DataTransfer();
		document.querySelector(".text").dispatchEvent(new ClipboardEvent("copy",
			{ clipboardData: data, bubbles: true, cancelable: true }));
		return data.getData("text/plain");
	});
	judge("one line: it is one line when it is copied", copied === `${whole}xxxxxxxxx`, copied.length);
	await page.evaluate(() => { // where Control+End goes in such a line is the browser's affair
		getSelection().selectAllChildren([...document.querySelectorAll(".text .line")].at(-1));
		getSelection().collapseToEnd();
	});
	await page.keyboard.press("Backspace");
	await page.keyboard.press("Control+Home");
	await page.keyboard.type("A\n");
	const { path } = await download(page, "#check-download");
	judge("one line: edits are where they were made", readFileSync(path, "utf8") === `A\n${whole}xxxxxxxx`,
		[readFileSync(path, "utf8").length, whole.length, readFileSync(path, "utf8").slice(0, 40),
			readFileSync(path, "utf8").slice(-40)]);
	same("one line: no trouble", page.trouble, []);
	await page.context().close();
}

/** Files of terms and of units, from the page. */
async function imports(browser) {
	const page = await open(browser);
	const put = (input, name, text) => page.setInputFiles(input, { name, mimeType: "text/plain", buffer: Buffer.from(text) });
	await page.click(".tabs a[href='#terms']");
	await put("#terms-file", "essais.tsv", "fr\ten\tsource\nComité des importations\tImport Trial Committee\ttests\n\t\t\n");
	await page.waitForSelector("#view-terms .imported:not([hidden])");
	judge("imports: terms are counted", /essais\.tsv: 1 added/.test(await page.textContent("#view-terms .imported")),
		await page.textContent("#view-terms .imported"));
	await page.fill("#terms-search", "import trial");
	await page.locator(".hits .head", { hasText: "Import Trial Committee" }).first().waitFor();
	await page.click(".tabs a[href='#memory']");
	const rows = Array.from({ length: 30000 }, (_, i) => `The group number ${i} met.\tLe groupe numéro ${i} s’est réuni.`);
	await put("#memory-file", "unités.tsv", `en\tfr\n${rows.join("\n")}\n`);
	await page.waitForSelector("#view-memory .imported:not([hidden])", { timeout: 60000 });
	judge("imports: units are counted", /30,000 added/.test(await page.textContent("#view-memory .imported")),
		await page.textContent("#view-memory .imported"));
	await page.fill("#memory-words", "group number 17");
	await page.locator(".units", { hasText: "groupe numéro 17 " }).first().waitFor();
	await put("#memory-file", "x.tmx", "<tmx><body>");
	await page.waitForSelector("#notice:not([hidden])");
	judge("imports: what is no file of units is said", (await page.textContent("#notice")).length > 10);
	same("imports: no trouble", page.trouble, []);
	await page.context().close();
}

async function keyboard(browser) {
	const page = await open(browser);
	const focus = () => page.evaluate(() => document.activeElement.className || document.activeElement.id ||
		document.activeElement.textContent);
	await page.keyboard.press("Tab");
	same("keyboard: first comes the way to the content", await focus(), "skip");
	for (let i = 0; i < 40 && !/^text\b/.test(await focus()); i++) await page.keyboard.press("Tab");
	judge("keyboard: the text is reached", /^text\b/.test(await focus()), await focus());
	await page.keyboard.type(faulty);
	await settled(page, 2);
	for (let i = 0; i < 12 && await focus() !== "head"; i++) await page.keyboard.press("Tab");
	same("keyboard: the list is reached", await focus(), "head");
	await page.keyboard.press("Enter");
	await page.keyboard.press("e");
	await page.waitForSelector("dialog[open]");
	judge("keyboard: the rule is explained", (await page.textContent("dialog")).includes("spacing/"));
	await page.keyboard.press("Escape");
	await page.waitForSelector("dialog", { state: "detached" });
	await page.keyboard.press("?");
	await page.waitForSelector("dialog[open] kbd");
	await page.keyboard.press("Escape");
	await page.waitForSelector("dialog", { state: "detached" });
	same("keyboard: the focus comes back", await focus(), "head");
	await page.keyboard.press("a");
	same("keyboard: accepted, the next one has the focus", [await open_(page), await focus()], [1, "head"]);
	await page.keyboard.press("a");
	await clean(page);
	same("keyboard: corrected without a mouse", await text(page), "Il tient compte de l’Asie et de la note ci-jointe.");
	same("keyboard: no trouble", page.trouble, []);
	await page.context().close();
}

async function comparison(page) {
	await page.click(".tabs a[href='#compare']");
	await page.fill("#compare-source", english);
	await page.fill("#compare-target", french);
	await page.click("#compare-go");
	await page.waitForSelector("#view-compare .findings .head");
	const row = page.locator(".pair", { hasText: "13 résolutions" });
	judge("translator: the passages stand side by side", (await row.textContent()).includes("12 resolutions"));
	await row.locator("mark").first().click();
	same("translator: both sides are marked", [await row.locator("p:nth-child(1) mark.chosen").allTextContents(),
		await row.locator("p:nth-child(2) mark.chosen").allTextContents()], [["12"], ["13"]]);
	await twice(page);
}

/** A translation that is compared a second time, and the way back. */
async function twice(page) {
	const row = page.locator(".pair", { hasText: "Il a pris note" }), accepted = row.locator("ins");
	const n = await open_(page, "compare"), mended = french.replace("l ’", "l’");
	const get = async () => readFileSync((await download(page, "#compare-download")).path, "utf8");
	await row.locator("mark").click();
	await page.click("#view-compare .findings li.chosen .suggestion");
	await accepted.waitFor();
	same("translator: what was accepted stands beside it", await accepted.allTextContents(), ["l’accord"]);
	await page.click("#compare-again");
	await accepted.waitFor({ state: "detached" });
	same("translator: compared again, it is corrected",
		[await row.locator("p:nth-child(2)").textContent(), await open_(page, "compare")], ["Il a pris note de l’accord.", n - 1]);
	await page.click("#compare-undo");
	await accepted.waitFor();
	same("translator: … and can be undone", [await get(), await open_(page, "compare")], [mended, n - 1]);
	await page.click("#compare-undo");
	await settled(page, n, "compare");
	same("translator: … one step after the other", [await get(), await row.locator("mark").allTextContents()],
		[french, ["l ’accord"]]);
	await page.click("#compare-redo");
	await accepted.waitFor();
	await page.click("#compare-redo");
	await accepted.waitFor({ state: "detached" });
	same("translator: … and done again", [await get(), await open_(page, "compare")], [mended, n - 1]);
	const says = (part) => page.locator("#view-compare .findings .message", { hasText: part }).first().waitFor();
	await page.click("#ui-language");
	await says("dans le texte source");
	await page.click("#compare-undo");
	await says("dans le texte source");
	await page.click("#ui-language");
	await says("in the source");
}

async function terms(page) {
	await go(page, "terms", "#terms-search");
	await page.keyboard.type("conseil de sec");
	await page.locator(".hits .head", { hasText: "Conseil de sécurité" }).first().waitFor();
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".card h3");
	judge("translator: a card has both languages", /Conseil de sécurité.*Security Council/s.test(await page.textContent(".card")));
	if (!await page.locator("#term-add").isVisible()) {
		judge("translator: terms can be added", false, "the termbase is not writable");
		return;
	}
	await page.click("#term-add");
	await page.fill("#cell-fr", "Bureau des essais");
	await page.fill("#cell-en", "Office of Trials");
	await page.click("#term-save");
	await page.waitForSelector("#term-edit");
	judge("translator: a concept is added", (await page.textContent(".card")).includes("Office of Trials"));
	await page.click("#term-edit");
	await page.fill("#cell-note", "mine");
	const other = await open(page.context().browser());
	await go(other, "terms", "#terms-search");
	await other.keyboard.type("bureau des essais");
	await other.locator(".hits .head", { hasText: "Bureau des essais" }).click();
	await other.click("#term-edit");
	await other.fill("#cell-note", "theirs");
	await other.click("#term-save");
	await other.waitForSelector("#term-edit");
	await other.context().close();
	await page.click("#term-save");
	await page.locator(".remark", { hasText: "theirs" }).waitFor();
	same("translator: what somebody else changed is shown, and one’s own kept",
		await page.inputValue("#cell-note"), "mine");
	await page.click("#term-save");
	await page.waitForSelector("#term-edit");
	judge("translator: … and saved when one insists", (await page.textContent(".card")).includes("mine"));
}

async function memory(page) {
	await go(page, "memory", "#memory-words");
	await page.keyboard.type("council");
	await page.waitForSelector(".unit mark");
	judge("translator: the concordance marks the words",
		(await page.locator(".unit mark").allTextContents()).every((m) => /council/i.test(m)));
	await page.selectOption("#memory-direction", "en-fr");
	await page.fill("#memory-text", "The Council meets four times a year in Geneva.");
	await page.click("#memory-go");
	await page.waitForSelector(".matches .unit");
	judge("translator: a score as English writes it", /^\d+(\.\d)?%$/.test(await page.textContent(".matches strong")),
		await page.textContent(".matches strong"));
	same("translator: the words that differ", [await page.locator(".matches del").first().textContent(),
		await page.locator(".matches ins").first().textContent()], ["three", "four"]);
}

async function translator(browser) {
	const page = await open(browser);
	await comparison(page);
	await terms(page);
	await memory(page);
	same("translator: no trouble", page.trouble, []);
	await page.context().close();
}

/** A server that asks for a token: the page asks for it once, and then does what it allows. */
async function token(browser) {
	// In a browser that lets pages keep nothing, too.
	const page = await open(browser, {}, guarded, () => {
		for (const name of ["localStorage", "sessionStorage"])
			Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });
	});
	await page.click(".tabs a[href='#terms']");
	same("token: without it nothing can be written", await page.locator("#term-add").isVisible(), false);
	await page.click(".tabs a[href='#check']");
	await page.click(".text");
	await page.keyboard.insertText(faulty);
	await page.fill("#token", secret);
	await page.keyboard.press("Enter");
	await settled(page, 2);
	await go(page, "terms", "#terms-search");
	await page.locator("#term-add").waitFor();
	await page.keyboard.type("conseil de sec");
	await page.locator(".hits .head").first().waitFor();
	same("token: with it, everything, and it is asked for once", await page.locator("dialog").count(), 0);
	await page.context().close();
}

async function languages(browser) {
	const page = await open(browser, { locale: "fr-FR" });
	same("language: the browser’s", await page.textContent(".tabs a[aria-current]"), "Vérifier");
	await page.click(".text");
	await page.keyboard.insertText(faulty);
	await settled(page, 2);
	const before = await page.textContent(".findings .message");
	await page.click("#ui-language");
	await page.waitForFunction((b) => document.querySelector(".findings .message")?.textContent !== b, before);
	same("language: another is chosen", [await page.getAttribute("html", "lang"),
		await page.textContent(".tabs a[aria-current]"), await text(page)], ["en", "Check", faulty]);
	await page.reload();
	await page.waitForSelector("html[data-ready]");
	same("language: … and remembered", await page.getAttribute("html", "lang"), "en");
	await page.context().close();
	const all = JSON.parse(readFileSync(new URL("../data/web/messages.json", import.meta.url), "utf8"));
	same("language: every message in both", Object.keys(all).filter((k) => !all[k].en || !all[k].fr), []);
}

/** A megabyte with thousands of findings: the time of a key, to the next picture. */
async function large(browser) {
	const page = await open(browser);
	const line = `${faulty} Le texte est long, et rien ne le rend plus court que la lecture.\n`;
	await page.click(".text");
	await paste(page, line.repeat(Math.ceil(1e6 / line.length / 10) * 10));
	await page.waitForSelector(".findings .head", { timeout: 60000 });
	const marks = await page.locator(".text mark").count();
	judge("large: thousands of marks", marks > 5000, marks);
	judge("large: the list is filled as it is scrolled", await open_(page) < 1000, await open_(page));
	const times = await keyTimes(page);
	console.log(`a key in a megabyte, to the next picture: median ${times[4]} ms`);
	await feelsShort("large", browser, times);
	await page.context().close();
}

/** What axe-core finds serious or critical in the page as it is. */
async function faults(page) {
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
	return found.violations.filter((v) => /serious|critical/.test(v.impact))
		.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
}

/** Every view, used, in one size, light or dark, in one language. */
async function looks(browser, width, colorScheme, locale) {
	const name = `${width} ${colorScheme} ${locale.slice(0, 2)}`;
	const page = await open(browser, { viewport: { width, height: 760 }, colorScheme, locale });
	const seen = [], wide = [];
	const look = async (what) => {
		seen.push(...(await faults(page)).map((f) => `${what}: ${f}`));
		if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(what);
		if (keep) await page.screenshot({ path: `${keep}/${what}-${name.replaceAll(" ", "-")}.png` });
	};
	await look("empty");
	await page.click(".text");
	await page.keyboard.insertText(`${faulty}\nLes Objectif pratiques de l’UNAMA.`);
	await page.waitForSelector(".findings .head");
	await page.keyboard.press("F8");
	await look("check");
	await page.keyboard.press("F2");
	await page.waitForSelector("dialog[open]");
	await look("explained");
	await page.keyboard.press("Escape");
	await page.click("#help");
	await look("keys");
	await page.keyboard.press("Escape");
	await page.click(".tabs a[href='#compare']");
	await look("compare-form");
	await page.fill("#compare-source", english);
	await page.fill("#compare-target", french);
	await page.click("#compare-go");
	await page.waitForSelector("#view-compare .findings .head");
	await page.keyboard.press("F8");
	await look("compare");
	await page.click(".tabs a[href='#terms']");
	await page.fill("#terms-search", "conseil");
	await page.waitForSelector(".hits .head");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".card");
	await look("terms");
	if (await page.locator("#term-edit").count()) {
		await page.click("#term-edit");
		await look("edit");
	}
	await page.click(".tabs a[href='#memory']");
	await page.fill("#memory-words", "council");
	await page.waitForSelector(".unit");
	await look("concordance");
	await page.fill("#memory-text", "The Council meets four times a year in Geneva.");
	await page.selectOption("#memory-direction", "en-fr");
	await page.click("#memory-go");
	await page.waitForSelector(".matches .unit");
	await look("match");
	same(`${name}: axe-core finds nothing serious`, seen, []);
	same(`${name}: nothing is wider than the window`, wide, []);
	same(`${name}: no trouble`, page.trouble, []);
	await page.context().close();
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
if (keep) mkdirSync(keep, { recursive: true });
const cases = [editor, typing, keyboard, house, translator, imports, languages, large, endless];
if (guarded) cases.push(token);
for (const width of [1280, 360])
	for (const scheme of ["light", "dark"])
		for (const locale of ["fr-FR", "en-GB"])
			cases.push(Object.defineProperty((b) => looks(b, width, scheme, locale), "name",
				{ value: `${width} ${scheme} ${locale}` }));
for (const run of cases.filter((c) => c.name.includes(process.env.CASE ?? ""))) {
	try {
		await run(browser);
	} catch (e) {
		judge(run.name, false, e.message.split("\n").slice(0, 4).join(" "));
	}
}
await browser.close();
console.log(`web: ${count.passed} passed, ${count.failed} failed, 0 skipped`);
process.exitCode = count.failed ? 1 : 0;
