-- nvim --headless -u NONE -S neovim.lua FILE: finds, corrects, finds again.
local program, out = os.getenv('PARAPH'), io.open(os.getenv('OUT'), 'w')
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = 'paraph', cmd = { program, 'lsp', '--ui-lang', 'en' },
  root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, id)
local function codes()
  local list = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(list, string.format('%d:%d-%d %s', d.lnum + 1, d.col, d.end_col, d.code))
  end
  table.sort(list)
  return table.concat(list, ' ')
end
local function wait_for(n)
  vim.wait(10000, function() return #vim.diagnostic.get(buffer) == n end, 20)
  out:write('found ' .. codes() .. '\n')
end
wait_for(2)
local first = vim.diagnostic.get(buffer)[1]
local params = { textDocument = vim.lsp.util.make_text_document_params(buffer),
  range = { start = { line = 0, character = 3 }, ['end'] = { line = 0, character = 3 } },
  context = { diagnostics = {} } }
for _, answer in pairs(vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 5000)) do
  vim.lsp.util.apply_workspace_edit(answer.result[1].edit, 'utf-16')
end
out:write('now ' .. vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1] .. '\n')
wait_for(1)
vim.api.nvim_buf_set_text(buffer, 0, 0, 0, 0, { 'a  b ' })
wait_for(2)
params.position = { line = 2, character = 30 }
for _, answer in pairs(vim.lsp.buf_request_sync(buffer, 'textDocument/hover', params, 5000)) do
  out:write('hover ' .. tostring(answer.result.contents.value:match('General Assembly')) .. '\n')
end
vim.lsp.stop_client(id)
vim.wait(5000, function() return vim.lsp.client_is_stopped(id) end, 20)
out:write('stopped ' .. tostring(vim.lsp.client_is_stopped(id)) .. '\n')
out:close()
vim.cmd('qa!')
