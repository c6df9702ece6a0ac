// @ts-check
/**
 * What is shown of a branch: messages of people and of the assistant, with the results of the tools that it called.
 *
 * @param {any[]} messages oldest first
 */
export function exchanges(messages) {
  const results = new Map();
  for (const message of messages)
    if (message.role === 'tool') for (const result of message.tool_results ?? []) results.set(result.tool_call_id ?? result.id, resultOf(result, message));
  return messages
    .filter((each) => each.role === 'user' || each.role === 'assistant')
    .map((message) => ({ message, results: message.tool_calls ? results : undefined }));
}

// Parley's own tools leave their result in the content of the message; imported messages may have it in its place.
function resultOf(result, message) {
  return result.content ?? result.result ?? message.content;
}

/** A call in the format of the model's API, in the few words that are shown. */
export function readCall(call, results) {
  const named = call.function ?? call;
  return { id: call.id, name: named.name, arguments: named.arguments, result: results?.get(call.id) };
}
