import assert from "node:assert/strict";
import { createConversation, createTask, findTask, listTasks, register, updateTask } from "./generated/index.js";
import { client } from "./generated/client.gen.js";

client.setConfig({ baseUrl: process.argv[2] });
const signedIn = await register({
  body: { email: "hey-api@example.org", password: "correct horse battery staple 9" },
  throwOnError: true,
});
assert("access_token" in signedIn.data);
const { access_token } = signedIn.data;
client.setConfig({ auth: () => access_token });

const task = await createTask({ body: { title: "Buy milk", priority: "high", due_date: "2030-01-31" }, throwOnError: true });
assert.equal(task.data.status, "pending");
const list = await listTasks({ query: { status: ["pending", "in_progress"], limit: 10 }, throwOnError: true });
assert.deepEqual(list.data.items.map((item) => item.title), ["Buy milk"]);
assert.equal(list.data.next_cursor, null);
const changed = await updateTask({
  path: { id: task.data.id },
  body: { status: "completed", due_date: null },
  throwOnError: true,
});
assert.equal(changed.data.due_date, null);
const conversation = await createConversation({ body: { metadata: { colour: "green" } }, throwOnError: true });
assert.equal(conversation.data.metadata.colour, "green");
const missing = await findTask({ path: { id: crypto.randomUUID() } });
assert.equal(missing.error?.status, 404);
assert.equal(missing.error.title, "Not Found");
