// node protocol.cjs FOLDER-OF-PACKAGES: Visual Studio Code's own library of the protocol.
const { spawn } = require('child_process');
const from = require('module').createRequire(process.argv[2] + '/package.json');
const p = from('vscode-languageserver-protocol/node');

(async () => {
	const server = spawn(process.env.PARAPH, ['lsp', '--stdio', '--ui-lang', 'en']);
	const c = p.createProtocolConnection(
		new p.StreamMessageReader(server.stdout), new p.StreamMessageWriter(server.stdin));
	const waiting = [], came = [];
	const next = () => new Promise((r) => (came.length ? r(came.shift()) : waiting.push(r)));
	c.onNotification(p.PublishDiagnosticsNotification.type, (d) =>
		waiting.length ? waiting.shift()(d) : came.push(d));
	c.listen();
	const init = await c.sendRequest(p.InitializeRequest.type, {
		processId: process.pid, rootUri: null,
		capabilities: { general: { positionEncodings: ['utf-16'] }, textDocument: { publishDiagnostics: {} } },
	});
	console.log('encoding', init.capabilities.positionEncoding);
	c.sendNotification(p.InitializedNotification.type, {});
	const uri = 'file:///x/fr.txt';
	const text = '😀 l ’Asie et l ’accord.\n';
	c.sendNotification(p.DidOpenTextDocumentNotification.type,
		{ textDocument: { uri, languageId: 'plaintext', version: 1, text } });
	const first = await next();
	console.log('found', first.version, first.diagnostics.map((d) => d.range.start.character + ' ' + d.code).join(', '));
	const actions = await c.sendRequest(p.CodeActionRequest.type,
		{ textDocument: { uri }, range: first.diagnostics[0].range, context: { diagnostics: first.diagnostics } });
	console.log('action', actions[0].title, actions[0].isPreferred);
	const pulled = await c.sendRequest(p.DocumentDiagnosticRequest.type, { textDocument: { uri } });
	console.log('pulled', pulled.kind, pulled.items.length);
	c.sendNotification(p.DidChangeTextDocumentNotification.type, {
		textDocument: { uri, version: 2 }, contentChanges: actions[0].edit.changes[uri].map((e) => ({ range: e.range, text: e.newText })),
	});
	const second = await next();
	console.log('found', second.version, second.diagnostics.length);
	const source = new p.CancellationTokenSource();
	const hover = c.sendRequest(p.HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 4 } }, source.token);
	source.cancel();
	await hover.then(() => console.log('answered or cancelled'), () => console.log('answered or cancelled'));
	await c.sendRequest(p.ShutdownRequest.type);
	c.sendNotification(p.ExitNotification.type);
	server.on('exit', (code) => { console.log('exit', code); process.exit(0); });
})().catch((e) => { console.log(String(e)); process.exit(1); });
