// Drives a running Parley with the last library for JavaScript of the protocol with sessions. Arguments: its URL, a personal token.
import assert from "node:assert";
import { randomUUID } from "node:crypto";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, token] = process.argv.slice(2);
const client = new Client({ name: "parley-ci", version: "1" });
const requestInit = { headers: { Authorization: `Bearer ${token}` } };
await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }));

await client.ping();
const { tools } = await client.listTools();
assert.ok(tools.some((tool) => tool.name === "add_task"));
const task = { id: randomUUID(), title: "Water the ferns" };
const added = await client.callTool({ name: "add_task", arguments: task });
assert.equal(added.structuredContent.id, task.id);
assert.ok((await client.callTool({ name: "add_task", arguments: {} })).isError);
const { contents } = await client.readResource({ uri: `parley://task/${task.id}` });
assert.match(contents[0].text, /Water the ferns/);
await client.callTool({ name: "delete_task", arguments: { id: task.id } });
await client.close();
console.log("ok mcp with sessions for JavaScript");
