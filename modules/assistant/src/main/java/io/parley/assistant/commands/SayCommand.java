package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelReply;

/** What is answered without a tool. */
record SayCommand(String text) implements Command {
    private static final String COMMANDS = """
            - `add task Buy milk`: also with a day, `add task Buy milk due tomorrow` (or `due today`, `due 2027-03-31`), \
            and with `!high`, `!medium` or `!low`
            - `list tasks`, and `more` for the next page
            - `complete 2`: by the number in the last list, by a part of the title or by the id
            - `delete 2`: in the same way
            - `search holiday plans`: in all your messages
            - `help`""";

    static final SayCommand HELP =
            new SayCommand("I am Parley's command language. These are my commands:\n" + COMMANDS);

    static final SayCommand NOT_UNDERSTOOD = new SayCommand(
            "I am Parley's command language, no model is configured, so I understand these commands alone:\n"
                    + COMMANDS);

    static final SayCommand NOT_ONE = new SayCommand(
            "I am Parley's command language, no model is configured, so I take one command in one line at a time:\n"
                    + COMMANDS);

    static final SayCommand ADD_WHAT =
            new SayCommand("What is to be done? Say it like this: `add task Buy milk due tomorrow`");

    static final SayCommand WHICH = new SayCommand(
            "Which task? Say its number in the last list, a part of its title or its id, like this: `complete 2`");

    static final SayCommand SEARCH_WHAT =
            new SayCommand("What am I to look for? Say it like this: `search holiday plans`");

    @Override
    public ModelReply begin(ListedTasks last) {
        return Command.say(text);
    }

    @Override
    public ModelReply goOn(String tool, JsonNode result) {
        return Command.say(text);
    }
}
