// Drives a running Parley with OpenAI's library for JavaScript. Arguments: its URL, a personal token.
import assert from "node:assert";
import OpenAI from "openai";

const [url, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const model = (await client.models.list()).data[0].id;

const whole = await client.responses.create({ model, input: "hello" });
assert.match(whole.output_text, /hello/);
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const content = [
  { type: "input_text", text: "look at" },
  { type: "input_image", detail: "auto", image_url: `data:image/png;base64,${pixel}` },
];
const seen = await client.responses.create({ model, input: [{ role: "user", content }] });
assert.match(seen.output_text, /look at data:image\/png/);
const types = [];
for await (const event of await client.responses.create({ model, input: "stream this", stream: true })) types.push(event.type);
assert.equal(types.at(-1), "response.completed");
const conversation = await client.conversations.create({ items: [{ type: "message", role: "user", content: "hi" }] });
await client.responses.create({ model, input: "in it", conversation: conversation.id });
const items = [];
for await (const item of client.conversations.items.list(conversation.id, { limit: 2 })) items.push(item);
assert.equal(items.length, 3);
await assert.rejects(client.responses.retrieve("resp_nothing"), OpenAI.NotFoundError);
const completion = await client.chat.completions.create({ model, messages: [{ role: "user", content: "as it is" }] });
assert.match(completion.choices[0].message.content, /as it is/);
console.log("ok openai for JavaScript");
