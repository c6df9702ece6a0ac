package io.parley.assistant.models;

/**
 * What a model asks of a tool.
 *
 * @param id by which the result refers to it
 * @param arguments as the model wrote them: JSON, mostly
 */
public record ToolCall(String id, String name, String arguments) {}
