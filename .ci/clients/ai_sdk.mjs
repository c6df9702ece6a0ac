// Drives a running Parley with the AI SDK, as a page that uses useChat does. Arguments: its URL, a personal token, the name of the package.
import assert from "node:assert";
import { randomUUID } from "node:crypto";

const [url, token, version] = process.argv.slice(2);
const { AbstractChat, DefaultChatTransport } = await import(version);
const api = `${url}/api/v1/ui/chat`;
const headers = { authorization: `Bearer ${token}` };
const state = (messages) => ({
  messages, status: "ready", error: undefined,
  pushMessage(message) { this.messages = [...this.messages, message]; },
  popMessage() { this.messages = this.messages.slice(0, -1); },
  replaceMessage(index, message) { this.messages = this.messages.map((each, at) => (at === index ? message : each)); },
  snapshot: structuredClone,
});

/** What the framework's own packages make of AbstractChat, without a framework. */
class Chat extends AbstractChat {
  constructor(id = randomUUID(), messages = []) {
    const errors = [];
    const toolCalls = [];
    super({
      id, state: state(messages), transport: new DefaultChatTransport({ api, headers }), onError: (error) => errors.push(error),
      onToolCall: (call) => void toolCalls.push(call),
    });
    Object.assign(this, { errors, toolCalls });
  }
}

const text = (message) => message.parts.filter((part) => part.type === "text").map((part) => part.text).join("").trim();
const get = async (path) => (await fetch(api + path, { headers })).json();
const history = async (chat) => (await get(`/${chat.id}/messages`)).items;
const shape = (messages) => messages.map((message) => [message.id, message.role, message.parts.map((part) => part.type), text(message)]);

async function talks() {
  const chat = new Chat();
  await chat.sendMessage({ text: "hello" });
  await chat.sendMessage({ text: "a task, please" });
  assert.deepEqual(chat.errors, []);
  assert.equal(text(chat.messages[1]), "You said: hello");
  const answer = chat.messages[3];
  assert.deepEqual(answer.parts.map((part) => part.type), ["step-start", "dynamic-tool", "step-start", "text"]);
  assert.equal(answer.parts[1].state, "output-available");
  assert.equal(answer.parts[1].toolName, "add_task");
  assert.equal(answer.parts[1].output.title, "Water the ferns");
  assert.ok(answer.metadata.turn_id);
  assert.deepEqual(chat.toolCalls, [], "a tool of Parley's was to be run by the client");
  assert.deepEqual(shape(await history(chat)), shape(chat.messages));
}

async function repeats() {
  const chat = new Chat();
  await chat.sendMessage({ text: "say it once" });
  const first = chat.messages[1];
  chat.messages = chat.messages.slice(0, 1);
  await chat.sendMessage();
  assert.equal(chat.messages[1].id, first.id);
  assert.equal((await history(chat)).length, 2);
}

async function edits() {
  const chat = new Chat();
  await chat.sendMessage({ text: "to Porto" });
  await chat.sendMessage({ text: "and back" });
  const before = chat.messages[1].id;
  await chat.regenerate({ messageId: before });
  assert.notEqual(chat.messages[1].id, before);
  assert.deepEqual(shape(await history(chat)), shape(chat.messages));
  const named = chat.messages[0].id;
  for (const place of ["Lisbon", "Faro"]) {
    await chat.sendMessage({ text: `to ${place}`, messageId: named });
    assert.equal(text(chat.messages[1]), `You said: to ${place}`);
    assert.deepEqual(shape(await history(chat)), shape(chat.messages));
  }
  await chat.regenerate();
  assert.deepEqual(shape(await history(chat)), shape(chat.messages));
  assert.deepEqual(chat.errors, []);
}

async function showsFiles() {
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const chat = new Chat();
  const file = { type: "file", mediaType: "image/png", filename: "dot.png", url: `data:image/png;base64,${pixel}` };
  await chat.sendMessage({ text: "look at", files: [file] });
  assert.deepEqual(chat.errors, []);
  assert.match(text(chat.messages[1]), /data:image\/png/);
  const kept = (await history(chat))[0].parts.find((part) => part.type === "file");
  assert.equal(kept.filename, "dot.png");
  const content = await fetch(kept.url, { headers: { authorization: headers.authorization } });
  assert.equal(Buffer.from(await content.arrayBuffer()).toString("base64"), pixel);
}

async function resumes() {
  const chat = new Chat();
  const sent = chat.sendMessage({ text: "slow one" });
  while (!chat.lastMessage || chat.lastMessage.role !== "assistant" || !text(chat.lastMessage)) await new Promise(setImmediate);
  await chat.stop();
  await sent;
  const again = new Chat(chat.id, await history(chat));
  const resumed = again.resumeStream();
  while (again.lastMessage.role !== "assistant" || !text(again.lastMessage)) await new Promise(setImmediate);
  assert.equal(again.lastMessage.id, chat.lastMessage.id);
  const turn = again.lastMessage.metadata.turn_id;
  assert.equal((await fetch(`${url}/api/v1/chat/turns/${turn}`, { method: "DELETE", headers })).status, 204);
  await resumed;
  assert.equal(again.messages.length, 2);
  assert.match(text(again.lastMessage), /^word0/);
  await again.resumeStream();
  assert.equal(again.messages.length, 2);
  assert.deepEqual(again.errors, []);
}

async function fails() {
  const chat = new Chat("HzLYWiSJGVEUQBhR");
  await chat.sendMessage({ text: "hello" });
  const problem = JSON.parse(chat.errors[0].message);
  assert.equal(problem.status, 400);
  assert.match(chat.errors[0].message, /pass one as id to useChat/);
}

for (const step of [talks, repeats, edits, showsFiles, resumes, fails]) await step();
console.log(`ok ${version} for JavaScript`);
