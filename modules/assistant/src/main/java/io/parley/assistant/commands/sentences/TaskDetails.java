package io.parley.assistant.commands.sentences;

import io.parley.assistant.dates.DateReader;
import io.parley.assistant.dates.TrailingDate;
import io.parley.assistant.dates.UnreadTime;
import io.parley.assistant.dates.parts.Moment;
import io.parley.assistant.dates.parts.Reading;
import io.parley.assistant.dates.parts.Reading.Found;
import io.parley.assistant.dates.parts.Reading.Refused;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the date, the priority and {@code to my list} from the end of a title. Whatever is none of these stays in the title.
 * If something looks like one of them but is not clear, {@link #question} asks for it.
 */
public final class TaskDetails {
    static final Set<String> PRIORITIES = Set.of("high", "medium", "low");

    private static final Pattern LIST = Pattern.compile(
            " (?:to|on|onto) (?:my|the) (?:(?:todo|to-do|to do|task|tasks) )?(?:list|tasks|todos|to-dos)$");
    private static final Pattern PRIORITY = Pattern.compile(
            " (?:with )?(?:(?:high|medium|low) (?:priority|prio)|(?:priority|prio) (?:high|medium|low))$");
    private static final Pattern URGENT = Pattern.compile(
            " (?:(?:(?:it's|its|it is|this is|that's|that is) )?(?:(?:very|really|so|quite) )?(?:urgent|urgently|asap|a\\.s\\.a\\.p\\.?|as soon as possible)"
                    + "|(?:it's|it is|this is) (?:(?:very|really|so|quite) )?important)$");
    /** Behind these it is a part of the sentence: the mail marked urgent. */
    private static final Set<String> BEFORE_NO_URGENCY =
            Set.of("marked", "is", "are", "as", "the", "a", "an", "and", "or", "not", "most", "what's", "called");

    /** At the end of a title they belonged to the date: around 4pm. */
    private static final Set<String> BEFORE_DATE =
            Set.of("around", "after", "approximately", "approx", "roughly", "circa", "~", "past", "starting");

    private static final Pattern AND = Pattern.compile(" (?:and|&)$");
    private static final Pattern MARK = Pattern.compile("!([a-z]+)");

    private final ZonedDateTime now;
    private Sentence title;
    private List<String> dateWords = new ArrayList<>();
    private @Nullable Moment due;
    private @Nullable String priority;
    private @Nullable String question;

    private TaskDetails(Sentence text, ZonedDateTime now) {
        this.title = text;
        this.now = now;
    }

    /** @param leading words of a date that stood before the text */
    public static TaskDetails of(Sentence text, Sentence leading, ZonedDateTime now) {
        var details = new TaskDetails(text, now);
        if (!leading.isEmpty())
            details.addDate(leading, DateReader.read(leading.keys(), false, now).orElse(Refused.NONE));
        details.readMarks();
        while (details.question == null && details.readEnd()) details.title = details.title.withoutSeparator();
        details.askForDue();
        details.askForPastDue();
        details.askForUnread();
        return details;
    }

    public Sentence title() {
        return title;
    }

    public @Nullable Moment due() {
        return due;
    }

    public @Nullable String priority() {
        return priority;
    }

    /** Null if everything is clear. */
    public @Nullable String question() {
        return question;
    }

    private void readMarks() {
        for (var word : title.words()) {
            var mark = MARK.matcher(word.key());
            if (!mark.matches()) continue;
            if (!PRIORITIES.contains(mark.group(1)))
                ask("Which priority is \"" + word.text() + "\"? Use `!high`, `!medium` or `!low`.");
            else setPriority(mark.group(1));
        }
        title = title.without(word -> MARK.matcher(word.key()).matches());
    }

    private void setPriority(String chosen) {
        if (priority != null && !priority.equals(chosen))
            ask("Which priority: \"" + priority + "\" or \"" + chosen + "\"?");
        priority = chosen;
    }

    // Whether something was read.
    private boolean readEnd() {
        var shorter = title.before(LIST);
        if (shorter.isPresent()) return shorten(shorter.get());
        shorter = title.before(PRIORITY);
        if (shorter.isPresent()) {
            title.from(shorter.get().size()).keys().stream()
                    .filter(PRIORITIES::contains)
                    .forEach(this::setPriority);
            return shorten(shorter.get());
        }
        shorter = title.before(URGENT).filter(TaskDetails::canBeUrgent);
        if (shorter.isPresent()) {
            setPriority("high");
            return shorten(shorter.get());
        }
        var date = TrailingDate.of(title.keys(), now);
        if (date.isPresent()) {
            addDate(title.from(date.get().start()), date.get().reading());
            return shorten(title.sub(0, date.get().start()));
        }
        return readAnd();
    }

    private static boolean canBeUrgent(Sentence title) {
        return !BEFORE_NO_URGENCY.contains(title.key(title.size() - 1));
    }

    // In "high priority and due friday" the word joins two details. Elsewhere it belongs to the title.
    private boolean readAnd() {
        var shorter = title.before(AND);
        boolean joins = shorter.isPresent()
                && (priority != null || due != null)
                && (shorter.get().before(PRIORITY).isPresent()
                        || TrailingDate.of(shorter.get().keys(), now).isPresent());
        return joins && shorten(shorter.get());
    }

    private boolean shorten(Sentence shorter) {
        title = shorter;
        return true;
    }

    private void addDate(Sentence words, Reading reading) {
        if (reading instanceof Refused refused) {
            ask("When is it due? \"" + words.text() + "\" " + refused.reason() + '.');
            return;
        }
        var all = new ArrayList<>(words.keys());
        boolean isFirst = dateWords.isEmpty();
        all.addAll(dateWords);
        var together = isFirst ? reading : DateReader.read(all, false, now).orElse(Refused.NONE);
        if (together instanceof Found found) due = found.moment();
        else ask("When is it due? There are two dates, and one of them is \"" + words.text() + "\".");
        dateWords = all;
    }

    private void askForDue() {
        int at = title.keys().indexOf("due");
        if (at >= 0)
            ask("When is it due? I did not understand \"" + title.from(at).text()
                    + "\" as a date. If it belongs to the title, put the title in quotes.");
    }

    private void askForPastDue() {
        if (due != null && due.orEndOfDay(now.getZone()).isBefore(now.toInstant()))
            ask("When is it due? \"" + String.join(" ", dateWords) + "\" is past.");
    }

    private void askForUnread() {
        if (question != null) return;
        var last = title.key(title.size() - 1);
        if (due != null && BEFORE_DATE.contains(last))
            ask("When is it due? \"" + last + ' ' + String.join(" ", dateWords) + "\" is not one time.");
        var unread = UnreadTime.in(title.keys(), now);
        if (unread.isEmpty()) return;
        var words = title.sub(unread.get().start(), unread.get().end()).text();
        ask(
                unread.get().isUrgency()
                        ? "Is \"" + words
                                + "\" the priority or a part of the title? Put `!high` at the end, or the title in quotes."
                        : "Is \"" + words
                                + "\" when it is due or a part of the title? Put the date at the end, or the title in quotes.");
    }

    private void ask(String question) {
        if (this.question == null) this.question = question;
    }
}
