package io.parley.assistant.models;

/**
 * A model's request to run a tool.
 *
 * @param id to which the result refers
 * @param arguments as the model wrote them; usually, but not always, valid JSON
 */
public record ToolCall(String id, String name, String arguments) {}
