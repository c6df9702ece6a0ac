import assert from "node:assert/strict";
import { Configuration, ConversationsApi, ProblemFromJSON, ResponseError, SignInApi, TasksApi } from "./generated/index.js";

const basePath = process.argv[2];
const { accessToken } = await new SignInApi(new Configuration({ basePath })).register({
  registration: { email: "typescript-fetch@example.org", password: "correct horse battery staple 9" },
});
const configuration = new Configuration({ basePath, accessToken });
const tasks = new TasksApi(configuration);

const task = await tasks.createTask({ taskDraft: { title: "Buy milk", priority: "high", dueDate: "2030-01-31" } });
assert.equal(task.status, "pending");
const list = await tasks.listTasks({ status: ["pending", "in_progress"], limit: 10 });
assert.deepEqual(list.items.map((item) => item.title), ["Buy milk"]);
assert.equal(list.nextCursor, null);
const changed = await tasks.updateTask({ id: task.id, taskPatch: { status: "completed", dueDate: null } });
assert.equal(changed.dueDate, null);
const conversation = await new ConversationsApi(configuration).createConversation({
  conversationDraft: { metadata: { colour: "green" } },
});
assert.equal(conversation.metadata.colour, "green");
const failure = await tasks.findTask({ id: crypto.randomUUID() }).catch((error) => error);
assert(failure instanceof ResponseError);
const problem = ProblemFromJSON(await failure.response.json());
assert.equal(problem.status, 404);
assert.equal(problem.title, "Not Found");
