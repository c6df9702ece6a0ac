package io.parley.gateway.streams;

/**
 * @param type such as {@code task.created}
 * @param data a JSON object in one line
 */
record ChangeEvent(String type, String data) {}
