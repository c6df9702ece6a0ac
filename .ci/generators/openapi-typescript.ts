import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./generated/api.js";

const url = process.argv[2];
const signedIn = await createClient<paths>({ baseUrl: url }).POST("/api/v1/auth/register", {
  body: { email: "openapi-typescript@example.org", password: "correct horse battery staple 9" },
});
assert(signedIn.data && "access_token" in signedIn.data);
const client = createClient<paths>({
  baseUrl: url,
  headers: { Authorization: `Bearer ${signedIn.data.access_token}` },
});

const task = await client.POST("/api/v1/tasks", { body: { title: "Buy milk", priority: "high", due_date: "2030-01-31" } });
assert.equal(task.data?.status, "pending");
const id = task.data.id;
const list = await client.GET("/api/v1/tasks", { params: { query: { priority: "high", limit: 10 } } });
assert.deepEqual(list.data?.items.map((item) => item.title), ["Buy milk"]);
assert.equal(list.data.next_cursor, null);
const changed = await client.PATCH("/api/v1/tasks/{id}", {
  params: { path: { id } },
  body: { status: "completed", due_date: null },
});
assert.equal(changed.data?.due_date, null);
const conversation = await client.POST("/api/v1/conversations", { body: { metadata: { colour: "green" } } });
assert.equal(conversation.data?.metadata.colour, "green");
const missing = await client.GET("/api/v1/tasks/{id}", { params: { path: { id: crypto.randomUUID() } } });
assert.equal(missing.error?.status, 404);
assert.equal(missing.error.title, "Not Found");
