// node extension.cjs FOLDER-OF-PACKAGES EXTENSION.vsix-contents: the extension with an editor that
// is as small as may be: its parts load, it starts the program it is told to, says which documents
// it is for and has the settings that docs/EDITORS.md has.
const Module = require('module');
const [, , packages, folder] = process.argv;
const manifest = require(folder + '/package.json');
const commands = {};
let made;

class LanguageClient {
	constructor(id, name, server, client) {
		made = { id, name, server, client, running: 0 };
		this.made = made;
	}
	async start() { this.made.running++; }
	async stop() { this.made.running--; }
}
const fakes = {
	vscode: {
		workspace: { getConfiguration: () => ({ get: (key) => (key === 'path' ? '/opt/paraph' : undefined) }) },
		commands: { registerCommand: (name, run) => { commands[name] = run; return { dispose() {} }; } },
	},
};
const load = Module._load;
Module._load = (name, ...more) => {
	if (name === 'vscode') return fakes.vscode;
	if (name === 'vscode-languageclient/node') {
		const real = require('fs').readFileSync(packages + '/node_modules/vscode-languageclient/lib/node/main.d.ts', 'utf8');
		if (!/export declare class LanguageClient/.test(real)) throw new Error('no LanguageClient');
		return { LanguageClient, TransportKind: { stdio: 0 } };
	}
	return load(name, ...more);
};
(async () => {
	const extension = require(folder + '/' + manifest.main);
	await extension.activate({ subscriptions: [] });
	console.log('starts', made.server.command, made.server.args.join(' '), made.running);
	console.log('for', made.client.documentSelector.filter((d) => d.scheme === 'file').map((d) => d.language).join(' '));
	for (const c of manifest.contributes.commands) if (!commands[c.command]) console.log('missing', c.command);
	const documented = require('fs').readFileSync(folder + '/../../docs/EDITORS.md', 'utf8').match(/^\| `.*?\|/gm).join();
	for (const [, key] of documented.matchAll(/`(\w+)`/g))
		if (!manifest.contributes.configuration.properties['paraph.' + key]) console.log('no setting', key);
	const first = made;
	await commands['paraph.restart']();
	console.log('restarted', first.running, made.running);
	await extension.deactivate();
	console.log('stopped', made.running);
})().catch((e) => { console.log(String(e)); process.exit(1); });
