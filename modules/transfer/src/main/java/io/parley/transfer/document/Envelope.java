package io.parley.transfer.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is around the elements of a document: nothing, an array, or an object with an array under {@code conversations} or
 * {@code data}. A conversation may have a field of such a name as well, so the first element of the array decides.
 */
final class Envelope {
    private enum State {
        NONE,
        UNDECIDED,
        ARRAY,
        ENDED
    }

    private static final Set<String> FIELDS = Set.of("conversations", "data");

    private final Predicate<ObjectNode> isConversation;
    private boolean isAllowed;
    private State state;
    private int elementDepth;
    private int line;
    private String field = "";
    private ObjectNode head = JsonNodeFactory.instance.objectNode();

    private Envelope(State state, int elementDepth, boolean isAllowed, Predicate<ObjectNode> isConversation) {
        this.state = state;
        this.elementDepth = elementDepth;
        this.isAllowed = isAllowed;
        this.isConversation = isConversation;
    }

    /** Exactly one element. */
    static Envelope none() {
        return new Envelope(State.NONE, 0, false, head -> false);
    }

    static Envelope array() {
        return new Envelope(State.ARRAY, 1, false, head -> false);
    }

    /** @param isConversation judges the first element of an array, without its messages */
    static Envelope possibly(Predicate<ObjectNode> isConversation) {
        return new Envelope(State.NONE, 0, true, isConversation);
    }

    /** The nesting depth of the elements. */
    int elementDepth() {
        return elementDepth;
    }

    boolean hasArray() {
        return state == State.UNDECIDED || state == State.ARRAY;
    }

    boolean isUndecided() {
        return state == State.UNDECIDED;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    boolean mayBegin(String name) {
        return isAllowed && state == State.NONE && FIELDS.contains(name);
    }

    /** An array begins that may be that of the elements. What was read until then is kept. */
    void begin(int atLine, String name, ObjectNode before) {
        isAllowed = false;
        state = State.UNDECIDED;
        elementDepth = 2;
        line = atLine;
        field = name;
        head = before;
    }

    /** Returns whether the first element of the array is a conversation. */
    boolean decide(ObjectNode first) {
        if (!isConversation.test(first)) return false;
        decide();
        return true;
    }

    /** The first element of the array is a conversation. */
    void decide() {
        if (state == State.UNDECIDED) state = State.ARRAY;
    }

    /** The array is an ordinary field. Returns what was read before it. */
    ObjectNode unwrap() {
        state = State.NONE;
        elementDepth = 0;
        return head;
    }

    void end() {
        state = State.ENDED;
        elementDepth = 0;
    }

    int line() {
        return line;
    }

    String field() {
        return field;
    }
}
