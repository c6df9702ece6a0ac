package io.parley.assistant.commands.sentences;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds a second command in a line, which would otherwise become a part of the first one's title. */
public final class SecondCommand {
    private static final Pattern END_OF_COMMAND = Pattern.compile(".*[;.!?]");
    private static final Pattern JOINING = Pattern.compile("and|then|also|&|plus");

    /** Behind the end of a sentence. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:add|remind me|list|show|complete|delete|remove|find|search|move|rename|mark|create|reopen|postpone|help|done with"
                    + "|new task|todo|don't forget|remember to|i need to|i have to) ");

    /** Behind a comma or "and", where most verbs can be a part of a title. */
    private static final Pattern CLEAR_COMMAND = Pattern.compile(
            "(?:add|remind me|list (?:my |all |the )?tasks|list overdue|show (?:me |my |all )|mark|complete \\d+|delete \\d+) ");

    public static Optional<Sentence> in(Sentence sentence) {
        for (int at = 1; at < sentence.size(); at++) {
            var before = sentence.words().get(at - 1);
            var rest = sentence.from(at);
            if (before.quoted() == null && END_OF_COMMAND.matcher(before.text()).matches() && begins(rest, COMMAND))
                return Optional.of(rest);
            boolean isJoined = (before.quoted() == null && before.text().endsWith(","))
                    || JOINING.matcher(before.key()).matches();
            if (isJoined && begins(rest, CLEAR_COMMAND)) return Optional.of(rest);
        }
        return Optional.empty();
    }

    private static boolean begins(Sentence rest, Pattern command) {
        var polite = Politeness.removedFrom(rest);
        return polite.behind(command).isPresent();
    }

    private SecondCommand() {}
}
