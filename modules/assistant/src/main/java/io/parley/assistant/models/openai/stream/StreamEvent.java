package io.parley.assistant.models.openai.stream;

/**
 * A server-sent event, or a JSON value that stands in the body by itself.
 *
 * @param name empty if it has none
 */
public record StreamEvent(String name, String data) {
    /** After an event of this name nothing useful follows. */
    public static final String ERROR = "error";

    public static StreamEvent unnamed(String data) {
        return new StreamEvent("", data);
    }
}
