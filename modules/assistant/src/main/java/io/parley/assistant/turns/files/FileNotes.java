package io.parley.assistant.turns.files;

import io.parley.contracts.messages.MessagePart;

/** The text that stands for a file in a prompt if the model does not get the file itself. */
enum FileNotes {
    NOT_TAKEN("(The file \"%s\", %s, is not shown to you.)"),
    LEFT_OUT("(The file \"%s\", %s, was shown earlier. It is left out now.)"),
    GONE("(The file \"%s\", %s, was deleted.)");

    private final String text;

    FileNotes(String text) {
        this.text = text;
    }

    String of(MessagePart part) {
        return text.formatted(part.name(), part.mediaType());
    }
}
