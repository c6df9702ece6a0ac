package io.parley.assistant.models.openai.reply;

/**
 * A server-sent event, or a JSON value that stands in the body by itself.
 *
 * @param name empty if it has none
 */
record StreamEvent(String name, String data) {
    /** After an event of this name nothing useful follows. */
    static final String ERROR = "error";

    static StreamEvent unnamed(String data) {
        return new StreamEvent("", data);
    }
}
