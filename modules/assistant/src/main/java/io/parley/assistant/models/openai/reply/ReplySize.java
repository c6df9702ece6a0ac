package io.parley.assistant.models.openai.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.assistant.models.ModelFailure;

/**
 * Counts the bytes of a reply: everything that comes after decompression, except the frame around each word. A chunk of one
 * word has about 250 bytes at OpenAI, which pads it on purpose; if they counted, an answer of four thousand words would be too
 * large.
 */
final class ReplySize {
    /** Bytes of a chunk that do not count. */
    private static final int FRAME = 512;

    /** Of each chunk so much counts at least, so that a stream of empty ones ends. */
    private static final int LEAST = 16;

    private final int max;
    private long counted;
    private int uncountedLines;
    private int said;

    ReplySize(int max) {
        this.max = max;
    }

    void addLine(String line) {
        uncountedLines += line.getBytes(UTF_8).length + 1;
    }

    /** @param said the bytes of text, reasoning and tool calls in all events so far */
    void endEvent(int said) {
        counted += Math.max(LEAST + said - this.said, uncountedLines - FRAME);
        this.said = said;
        uncountedLines = 0;
    }

    /** Fails with a {@link ModelFailure} if the reply is too large. */
    void check() {
        if (counted + uncountedLines > max) throw new ModelFailure(ModelFailure.Kind.TOO_LARGE);
    }
}
