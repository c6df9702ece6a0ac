package io.parley.assistant;

/**
 * What a model asks of a tool.
 *
 * @param id by which the result refers to it
 * @param arguments as the model wrote them: JSON, mostly
 */
record ToolCall(String id, String name, String arguments) {}
