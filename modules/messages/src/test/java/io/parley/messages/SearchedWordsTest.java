package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which words find which message, and what the snippet marks. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SearchedWordsTest {
    private static SampleConversation sample;

    private final Bus bus;

    SearchedWordsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        sample.clear();
    }

    /** Message, query, snippet; snippets are in NFC. */
    static Stream<Arguments> finds() {
        return Stream.of(
                // Unicode forms and accents
                arguments("un cafe\u0301 noir", "caf\u00e9", "un <mark>cafe\u0301</mark> noir"),
                arguments("un caf\u00e9 noir", "cafe\u0301", "un <mark>caf\u00e9</mark> noir"),
                arguments("un caf\u00e9 noir", "cafe", "un <mark>caf\u00e9</mark> noir"),
                arguments("un CAFE noir", "caf\u00e9", "un <mark>CAFE</mark> noir"),
                arguments("die Straße", "strasse", "die <mark>Straße</mark>"),
                arguments("die Strasse", "STRAẞE", "die <mark>Strasse</mark>"),
                arguments("Smørrebrød i Łódź", "smorrebrod lodz", "<mark>Smørrebrød</mark> i <mark>Łódź</mark>"),
                arguments("Ærø und Cæsar", "aero caesar", "<mark>Ærø</mark> und <mark>Cæsar</mark>"),
                arguments("İstanbul ve Iğdır", "istanbul igdir", "<mark>İstanbul</mark> ve <mark>Iğdır</mark>"),
                arguments("Việt Nam", "viet", "<mark>Việt</mark> Nam"),
                arguments("ΟΔΟΣ Σταδίου", "οδός", "<mark>ΟΔΟΣ</mark> Σταδίου"),
                arguments("все ещё", "еще", "все <mark>ещё</mark>"),
                arguments("שָׁלוֹם עולם", "שלום", "<mark>שָׁלוֹם</mark> עולם"),
                arguments("مُحَمَّد، أهلا", "محمد", "<mark>مُحَمَّد</mark>، أهلا"),
                arguments("Do\u00adnau\u00addampf", "donaudampf", "<mark>Do\u00adnau\u00addampf</mark>"),
                arguments(nfd("서울에 간다"), "서울", "<mark>서울</mark>에 간다"),
                arguments(nfd("ガイドブック"), "ガイド", "<mark>ガイド</mark>ブック"),
                // Parts of what looks like one token
                arguments("CVE-2026-2332 is open", "2332", "CVE-2026-<mark>2332</mark> is open"),
                arguments("CVE-2026-2332 is open", "cve-2026-2332", "<mark>CVE-2026-2332</mark> is open"),
                arguments("CVE-2026-2332 is open", "2026-2332", "CVE-<mark>2026-2332</mark> is open"),
                arguments("ticket PAR-4711", "4711", "ticket PAR-<mark>4711</mark>"),
                arguments("ticket PAR-4711", "PAR", "ticket <mark>PAR</mark>-4711"),
                arguments("write to ada.byron@example.org", "example", "write to ada.byron@<mark>example</mark>.org"),
                arguments("write to ada.byron@example.org", "byron", "write to ada.<mark>byron</mark>@example.org"),
                arguments("to ada.byron@example.org", "ada.byron@example.org", "to <mark>ada.byron@example.org</mark>"),
                arguments("in /var/log/nginx/error.log", "nginx", "in /var/log/<mark>nginx</mark>/error.log"),
                arguments("in /var/log/nginx/error.log", "/var/log", "in /<mark>var/log</mark>/nginx/error.log"),
                arguments("in C:\\Users\\Ada", "users", "in C:\\<mark>Users</mark>\\Ada"),
                arguments(
                        "see https://example.org/a_b?id=77&x=1",
                        "77",
                        "see https://example.org/a_b?id=<mark>77</mark>&amp;x=1"),
                arguments("call snake_case_name()", "case", "call snake_<mark>case</mark>_name()"),
                arguments("at 10:45:30", "45", "at 10:<mark>45</mark>:30"),
                arguments("about 3.14159 or -17", "3.14159", "about <mark>3.14159</mark> or -17"),
                arguments("about 3.14159 or -17", "17", "about 3.14159 or -<mark>17</mark>"),
                arguments("call +49170123", "49170123", "call +<mark>49170123</mark>"),
                arguments(
                        "an <img src=x>, List<String>",
                        "string",
                        "an &lt;img src=x&gt;, List&lt;<mark>String</mark>&gt;"),
                arguments("an <img alt=owl>", "owl", "an &lt;img alt=<mark>owl</mark>&gt;"),
                arguments("a state\u2011of\u2011the\u2011art", "art", "a state\u2011of\u2011the\u2011<mark>art</mark>"),
                arguments("version v2.0.0-rc.1", "v2.0.0-rc.1", "version <mark>v2.0.0-rc.1</mark>"),
                // The last word as a beginning
                arguments("a zebra crossing", "zeb", "a <mark>zebra</mark> crossing"),
                arguments("a zebra crossing", "crossing zeb", "a <mark>zebra</mark> <mark>crossing</mark>"),
                arguments("a zebra crossing", "ze", "a <mark>zebra</mark> crossing"),
                arguments("un éléphant", "ele", "un <mark>éléphant</mark>"),
                arguments("CVE-2026-2332 is open", "cve-2026-23", "<mark>CVE-2026-2332</mark> is open"),
                arguments("東京タワーに行きたいです", "東京", "<mark>東京</mark>タワーに行きたいです"),
                arguments("東京タワーに行きたいです", "タワー", "東京<mark>タワー</mark>に行きたいです"),
                // Operators
                arguments("a night train", "\"night train\"", "a <mark>night</mark> <mark>train</mark>"),
                arguments("a night train", "ferry or train", "a night <mark>train</mark>"),
                arguments("a night train", "train -day", "a night <mark>train</mark>"),
                arguments("gold or silver", "\"or\"", "gold <mark>or</mark> silver"),
                arguments("a night train", "train -", "a night <mark>train</mark>"));
    }

    @ParameterizedTest
    @MethodSource
    void finds(String message, String query, String snippet) {
        sample.say(message);
        assertThat(snippets(query)).containsExactly(Normalizer.normalize(snippet, Normalizer.Form.NFC));
    }

    @ParameterizedTest
    @CsvSource({
        "a zebra crossing, 'zeb '",
        "a zebra crossing, '\"zeb\"'",
        "a zebra crossing, z",
        "a zebra crossing, zeb crossing",
        "a zebra crossing, bra",
        "a zebra crossing, -zebra",
        "CVE-2026-2332 is open, CVE-2332",
        "CVE-2026-2332 is open, 2332-2026",
        "CVE-2026-2332 is open, 233 open",
        "東京タワー, 京東",
        "a night train, \"train night\"",
        "a night train, train -\"night train\"",
        "the flights, flight -flights",
        "un café, '\"...\"'",
    })
    void findsNot(String message, String query) {
        sample.say(message);
        assertThat(snippets(query)).isEmpty();
    }

    private static String nfd(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private List<String> snippets(String query) {
        var found = bus.ask(Search.of(Search.Type.MESSAGE), new Search.Query(ada, query, 10, null));
        return Answers.of(found).hits().stream().map(Hit::snippet).toList();
    }
}
