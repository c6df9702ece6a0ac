package io.parley.assistant.commands;

import io.parley.assistant.commands.sentences.Sentence;
import io.parley.assistant.dates.DateReader;
import io.parley.assistant.dates.parts.Reading;
import io.parley.assistant.dates.parts.Reading.Found;
import io.parley.assistant.dates.parts.Reading.Refused;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Understands what changes a task: {@code done with …}, {@code move … to friday}, {@code rename … to …}, {@code delete …}. */
final class TaskPhrases {
    private static final String DONE = "(?:done|complete|completed|finished)";
    private static final String OFF_LIST = "(?: (?:from|off|on) (?:my|the)(?: (?:todo|to-do|to do|task))? list)?";
    private static final String DATE = "(?:due|due date|deadline)";
    private static final String PRIORITY = "(?:priority|prio)";

    private record Form(Pattern pattern, Supplier<TaskChange> change) {}

    // The first form that matches counts, so negations stand before what they negate.
    private static final List<Form> FORMS = List.of(
            form("(?:reopen|re-open|uncheck|untick) (.+)", TaskChange::reopen),
            form(
                    "mark (.+?) (?:as )?(?:not " + DONE + "|undone|open|pending|incomplete|unfinished|to do|todo)",
                    TaskChange::reopen),
            form("(.+) (?:is|are) not " + DONE + "(?: yet)?", TaskChange::reopen),
            form("(.+) (?:isn't|aren't) " + DONE + "(?: yet)?", TaskChange::reopen),
            form("mark (.+?) (?:as )?(?:in progress|in-progress|started)", TaskChange::start),
            form("(.+) (?:is|are) in progress", TaskChange::start),
            form("(?:start|begin)(?: (?:working on|work on|with))? (.+)", TaskChange::start),
            form("(?:i'm|i am) (?:working on|starting) (.+)", TaskChange::start),
            form("i(?: have|'ve)? (?:just )?started(?: working on)? (.+)", TaskChange::start),
            form("mark (.+?) (?:as )?" + DONE, TaskChange::complete),
            form("(?:tick|check|cross) off (.+)", TaskChange::complete),
            form("(?:tick|check|cross) (.+) off(?: (?:my|the) list)?", TaskChange::complete),
            form("(?:i'm|i am)? ?(?:all )?(?:done|finished) with (.+)", TaskChange::complete),
            form("i(?: have|'ve)? (?:already |just )?(?:finished|completed|done|did) (.+)", TaskChange::complete),
            form("(?:complete|finish|close|done|completed|finished) (.+)", TaskChange::complete),
            form("(.+?) (?:is|are)(?: now| already| all)? " + DONE, TaskChange::complete),
            form("(.+) " + DONE, TaskChange::complete),
            form("(?:remove|clear|delete|drop) the " + DATE + " (?:from|of|for|on) (.+)", TaskChange::clearDueDate),
            form("take (.+?) off (?:my|the)(?: (?:todo|to-do|to do|task))? list", TaskChange::delete),
            form("(?:delete|remove|trash|erase|get rid of) (.+?)" + OFF_LIST, TaskChange::delete),
            form(
                    "(?:make|mark|set|flag) (.+?) (?:as |to )?(?:high(?: " + PRIORITY
                            + ")?|(?:very )?(?:urgent|important)|top " + PRIORITY + ")",
                    () -> TaskChange.priority("high")),
            form("(.+) (?:is|are) (?:very |really )?urgent", () -> TaskChange.priority("high")),
            form(
                    "(?:make|mark|set) (.+?) (?:as |to )?medium(?: " + PRIORITY + ")?",
                    () -> TaskChange.priority("medium")),
            form("(?:make|mark|set) (.+?) (?:as |to )?low(?: " + PRIORITY + ")?", () -> TaskChange.priority("low")),
            form("(?:make|mark|set) (.+?) (?:as )?!high", () -> TaskChange.priority("high")),
            form("(?:make|mark|set) (.+?) (?:as )?!medium", () -> TaskChange.priority("medium")),
            form("(?:make|mark|set) (.+?) (?:as )?!low", () -> TaskChange.priority("low")));

    private static final Pattern SET_PRIORITY = Pattern.compile("(?:set|change|raise|lower) (?:the )?" + PRIORITY
            + " (?:of|for|on) (.+) to (high|medium|low)|(?:set|change|raise|lower) (.+) " + PRIORITY
            + " to (high|medium|low)");

    private static final Pattern RENAME =
            Pattern.compile("(?:rename|retitle) (.+?) to (.+)|change the (?:title|name) of (.+?) to (.+)");
    private static final Pattern RENAME_BEGINNING = Pattern.compile("(?:rename|retitle|change the (?:title|name) of) ");

    private static final Pattern MOVE = Pattern.compile(
            "(?:(?:move|postpone|reschedule|delay|push back|push|shift|defer|snooze|bump|put off)(?: the " + DATE
                    + " (?:of|for))?" + "|(?:change|set) the " + DATE + " (?:of|for)) ");

    private static final Pattern SET_DUE = Pattern.compile("(?:make|set|mark) (.+) (due .+)|(.+) (?:is|are) (due .+)");
    private static final Pattern UPDATE = Pattern.compile("(?:update|change|set|make) (.+) to (.+)");
    private static final Pattern NEXT_WEEK = Pattern.compile("next week");
    private static final Pattern TO = Pattern.compile("(?:to|for|until|till|on|by) ");

    private final TaskText text;
    private final ZonedDateTime now;

    TaskPhrases(TaskText text, ZonedDateTime now) {
        this.text = text;
        this.now = now;
    }

    private static Form form(String pattern, Supplier<TaskChange> change) {
        return new Form(Pattern.compile(pattern), change);
    }

    Optional<Command> read(Sentence sentence) {
        var renaming = sentence.behind(RENAME_BEGINNING);
        if (renaming.isPresent()) return Optional.of(rename(sentence, renaming.get()));
        var moving = sentence.behind(MOVE);
        if (moving.isPresent()) return Optional.of(move(moving.get()));
        var priority = sentence.groups(SET_PRIORITY);
        if (priority.isPresent())
            return Optional.of(change(
                    TaskChange.priority(priority.get().get(1).key(0)),
                    priority.get().get(0)));
        var due = sentence.groups(SET_DUE);
        if (due.isPresent())
            return Optional.of(setDue(due.get().get(0), due.get().get(1)));
        var update = sentence.groups(UPDATE);
        if (update.isPresent()) {
            var reading = DateReader.read(update.get().get(1).keys(), true, now);
            if (reading.isPresent())
                return Optional.of(move(update.get().get(0), update.get().get(1), reading.get()));
        }
        for (var form : FORMS) {
            var which = sentence.group(form.pattern);
            if (which.isPresent()) return Optional.of(change(form.change.get(), which.get()));
        }
        return Optional.empty();
    }

    private Command change(TaskChange change, Sentence which) {
        return new ChangeCommand(change, which, text);
    }

    // With two words "to", either could stand before the new title.
    private Command rename(Sentence sentence, Sentence rest) {
        var parts = sentence.groups(RENAME);
        long separators = rest.keys().stream().filter("to"::equals).count();
        if (parts.isEmpty() || parts.get().get(1).isEmpty())
            return new FixedReply(
                    "What is the new title of \"" + rest.text() + "\"? For example: `rename milk to oat milk`");
        if (separators > 1)
            return new FixedReply("Which part of \"" + rest.text()
                    + "\" is the new title? Put the titles in quotes: `rename \"milk\" to \"oat milk\"`");
        return change(TaskChange.rename(parts.get().get(1).text()), parts.get().get(0));
    }

    // The date is what follows the first "to" and can be read to the end.
    private Command move(Sentence rest) {
        Sentence unclear = null;
        for (int at = 1; at < rest.size(); at++) {
            var behindTo = rest.from(at).behind(TO);
            var words = behindTo.filter(some -> !some.isEmpty()).orElse(rest.from(at));
            var reading = DateReader.read(words.keys(), behindTo.isPresent(), now);
            if (reading.isPresent()) return move(rest.sub(0, at), words, reading.get());
            if (unclear == null && behindTo.isPresent()) unclear = words;
        }
        return new FixedReply(
                unclear == null
                        ? "To which date should I move \"" + rest.text() + "\"? For example: `move milk to friday`"
                        : "Which date is \"" + unclear.text() + "\"? For example: `move milk to friday`");
    }

    private Command setDue(Sentence which, Sentence date) {
        var reading = DateReader.read(date.keys(), false, now);
        return reading.isEmpty()
                ? new FixedReply("Which date is \"" + date.text() + "\"? For example: `move milk to friday`")
                : move(which, date, reading.get());
    }

    private Command move(Sentence which, Sentence date, Reading reading) {
        if (reading instanceof Found found) {
            boolean isPast = found.moment().orEndOfDay(now.getZone()).isBefore(now.toInstant());
            return isPast
                    ? new FixedReply("Which date do you mean? \"" + date.text() + "\" is past.")
                    : change(TaskChange.move(new NewDue(found.moment(), date.matches(NEXT_WEEK), now)), which);
        }
        var reason = reading instanceof Refused refused ? refused.reason() : "";
        return new FixedReply("Which date do you mean? \"" + date.text() + "\" " + reason + '.');
    }
}
