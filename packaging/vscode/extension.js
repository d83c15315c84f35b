// Starts `paraph lsp` and hands it to Visual Studio Code's own client of the protocol.
'use strict';
const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

const LANGUAGES = ['plaintext', 'markdown', 'html', 'latex', 'xml', 'po', 'xliff'];

let client;

function start() {
	const program = vscode.workspace.getConfiguration('paraph').get('path') || 'paraph';

	client = new LanguageClient(
		'paraph',
		'paraph',
		{ command: program, args: ['lsp'], transport: TransportKind.stdio },
		{
			documentSelector: LANGUAGES.flatMap((language) => [
				{ scheme: 'file', language },
				{ scheme: 'untitled', language },
			]),
			synchronize: { configurationSection: 'paraph' },
		},
	);
	return client.start();
}

async function stop() {
	const old = client;

	client = undefined;
	if (old) {
		await old.stop();
	}
}

async function activate(context) {
	context.subscriptions.push(
		vscode.commands.registerCommand('paraph.restart', async () => {
			await stop();
			await start();
		}),
	);
	await start();
}

module.exports = { activate, deactivate: stop };
