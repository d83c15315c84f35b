// What the page asks of the server: /api/v1, described by /api/v1/openapi.json.
import { dialog, el } from "./dom.js";
import { language, t } from "./language.js";

const key = "paraph.token";
let token = remembered();

function remembered() {
	try {
		return sessionStorage.getItem(key);
	} catch {
		return null;
	}
}

function remember(given) {
	token = given;
	try {
		sessionStorage.setItem(key, token);
	} catch {
		// A browser that keeps nothing: it holds for this visit.
	}
}

export class Refused extends Error {
	constructor(status, message) {
		super(message);
		this.status = status;
	}
}

async function refusal(answer) {
	let message = "";
	try {
		message = (await answer.clone().json()).error.message;
	} catch {
		message = (await answer.text()).trim().slice(0, 300);
	}
	return new Refused(answer.status, message || t("refused", { status: answer.status }));
}

let asking = null; // requests that are refused at the same time share one question

/** Asks for a token until one is given or the dialog is closed. */
function askToken() {
	return asking ??= new Promise((resolve) => {
		const field = el("input", { type: "password", id: "token", autocomplete: "off", required: true });
		const form = el("form", { method: "dialog" },
			el("h2", t("token")), el("p", t("token.why")),
			el("label", { for: "token" }, t("token")), field,
			el("p.actions", el("button.main", t("go")),
				el("button", { type: "button", onclick: () => box.close() }, t("cancel"))));
		const box = dialog(form);
		form.addEventListener("submit", () => {
			remember(field.value.trim());
			document.dispatchEvent(new Event("token"));
		});
		box.addEventListener("close", () => {
			asking = null;
			resolve(field.value.trim() !== "");
		});
	});
}

function send(method, url, { body, type, headers, signal }) {
	const sent = { Accept: "application/json", ...headers };
	if (body !== undefined) sent["Content-Type"] = type ?? "application/json";
	if (token) sent.Authorization = `Bearer ${token}`;
	return fetch(url, {
		method, signal, headers: sent, cache: "no-store",
		body: body === undefined || type ? body : JSON.stringify(body),
	});
}

async function call(method, path, options = {}) {
	const url = new URL(`api/v1/${path}`, document.baseURI);
	url.searchParams.set("ui", language);
	for (const [name, value] of Object.entries(options.query ?? {}))
		if (value != null && value !== "") url.searchParams.set(name, value);
	let answer;
	try {
		answer = await send(method, url, options);
		if (answer.status === 401 && await askToken()) answer = await send(method, url, options);
	} catch (e) {
		if (e.name === "AbortError") throw e;
		throw new Refused(0, t("unreachable"));
	}
	if (!answer.ok) throw await refusal(answer);
	return answer;
}

const read = async (...args) => (await call(...args)).json();
const bytes = "application/octet-stream";

/** filename of a Content-Disposition; filename* has names that are not ASCII. */
function nameOf(disposition) {
	const wide = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "");
	if (wide) return decodeURIComponent(wide[1]);
	return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? "";
}

export const status = () => read("GET", "status");

export const check = (text, asked, signal) =>
	read("POST", "check", { body: { text, ...asked }, signal });

export const upload = (name, blob, query) =>
	read("POST", "documents", { query: { name, ...query }, body: blob, type: bytes });

export const document_ = (id) => read("GET", `documents/${encodeURIComponent(id)}`);

export const forget = (id) =>
	call("DELETE", `documents/${encodeURIComponent(id)}`).catch(() => {});

export async function fixed(id, as, accept) {
	const answer = await call("POST", `documents/${encodeURIComponent(id)}/fixed`,
		{ query: { as }, body: { accept } });
	return { blob: await answer.blob(), name: nameOf(answer.headers.get("Content-Disposition")) };
}

export const profiles = () => read("GET", "profiles");
export const rule = (id) => read("GET", `rules/${id.split("/").map(encodeURIComponent).join("/")}`);

export const terms = (q, signal) => read("GET", "terms", { query: { q, limit: 40 }, signal });
export const term = (id) => read("GET", `terms/${encodeURIComponent(id)}`);
export const addTerm = (cells) => read("POST", "terms", { body: { cells } });
export const editTerm = (id, version, cells) =>
	read("PUT", `terms/${encodeURIComponent(id)}`,
		{ body: { cells }, headers: { "If-Match": `"${version}"` } });
export const removeTerm = (id, version) =>
	call("DELETE", `terms/${encodeURIComponent(id)}`, { headers: { "If-Match": `"${version}"` } });

export const concordance = (q, side, signal) =>
	read("GET", "memory/concordance", { query: { q, side, limit: 50 }, signal });
export const match = (asked, signal) => read("POST", "memory/match", { body: asked, signal });

/** Sends a file of terms or of units and tells how far it is taken in: tell(share), from 0 to 1. What
 *  comes back are the counts. When it is broken off (signal) the server ends it, too. */
export async function bring(kind, file, tell, signal) {
	const answer = await call("POST", `${kind}/import`, { query: { name: file.name }, body: file, type: bytes,
		headers: { Accept: "text/event-stream" }, signal });
	const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
	let text = "";
	for (;;) {
		const { value, done } = await reader.read();
		if (done) throw new Refused(0, t("unreachable"));
		const events = (text + value).split("\n\n");
		text = events.pop();
		for (const event of events) {
			const [, name, data] = /^event: (\w+)\ndata: (.*)/s.exec(event) ?? [];
			const told = JSON.parse(data ?? "null");
			if (name === "progress") tell(told.of ? told.bytes / told.of : 0);
			if (name === "failed") throw new Refused(told.error.status, told.error.message);
			if (name === "done") return told;
		}
	}
}
