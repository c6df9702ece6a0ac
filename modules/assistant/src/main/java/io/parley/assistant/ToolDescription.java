package io.parley.assistant;

import io.parley.kernel.Json;

/**
 * A tool as a model sees it.
 *
 * @param parameters a JSON Schema of an object
 */
record ToolDescription(String name, String description, Json parameters) {}
