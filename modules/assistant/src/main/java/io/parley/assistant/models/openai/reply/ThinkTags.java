package io.parley.assistant.models.openai.reply;

import java.util.function.Consumer;

/**
 * Separates {@code <think>…</think>} at the beginning of a text from the rest, however the tags are split over pieces. White
 * space around the tags is dropped; elsewhere in the text, such tags are ordinary text.
 */
final class ThinkTags {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum Place {
        BEGINNING,
        INSIDE,
        AFTER,
        ELSEWHERE
    }

    private final Consumer<String> onText;
    private final Consumer<String> onReasoning;
    private final StringBuilder held = new StringBuilder();
    private Place place = Place.BEGINNING;
    private boolean wasFound;

    ThinkTags(Consumer<String> onText, Consumer<String> onReasoning) {
        this.onText = onText;
        this.onReasoning = onReasoning;
    }

    /** Whether the text began with the tag. */
    boolean wasFound() {
        return wasFound;
    }

    void add(String piece) {
        if (place == Place.ELSEWHERE) pass(piece, onText);
        else {
            held.append(piece);
            readHeld();
        }
    }

    private void readHeld() {
        if (place == Place.BEGINNING) readBeginning();
        if (place == Place.INSIDE) readInside();
        if (place == Place.AFTER) readAfter();
    }

    private void readBeginning() {
        var start = held.toString().stripLeading();
        if (start.startsWith(OPEN)) {
            wasFound = true;
            place = Place.INSIDE;
            hold(start.substring(OPEN.length()));
        } else if (!OPEN.startsWith(start)) {
            place = Place.ELSEWHERE;
            pass(takeHeld(), onText);
        }
    }

    private void readInside() {
        int end = held.indexOf(CLOSE);
        if (end >= 0) {
            pass(held.substring(0, end), onReasoning);
            place = Place.AFTER;
            hold(held.substring(end + CLOSE.length()));
        } else {
            int certain = held.length() - tagBegunAtTheEnd();
            pass(held.substring(0, certain), onReasoning);
            held.delete(0, certain);
        }
    }

    // How many characters at the end may be the beginning of the closing tag.
    private int tagBegunAtTheEnd() {
        int length = Math.min(CLOSE.length() - 1, held.length());
        while (!CLOSE.startsWith(held.substring(held.length() - length))) length--;
        return length;
    }

    private void readAfter() {
        hold(held.toString().stripLeading());
        if (held.isEmpty()) return;
        place = Place.ELSEWHERE;
        pass(takeHeld(), onText);
    }

    /** No further piece comes. */
    void end() {
        pass(takeHeld(), place == Place.INSIDE ? onReasoning : onText);
    }

    private void hold(String text) {
        held.setLength(0);
        held.append(text);
    }

    private String takeHeld() {
        var text = held.toString();
        held.setLength(0);
        return text;
    }

    private static void pass(String text, Consumer<String> receiver) {
        if (!text.isEmpty()) receiver.accept(text);
    }
}
