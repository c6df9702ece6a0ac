package io.parley.assistant.models.openai.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ToolCall;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers send tool calls in different ways. */
class ToolCallAssemblerTest {
    private final ToolCallAssembler assembler = new ToolCallAssembler(Set.of("add_task", "list_tasks"));

    @Test
    void joinsPiecesByIndex() {
        add("{'index':0,'id':'a','type':'function','function':{'name':'add_task','arguments':''}}");
        add("{'index':1,'id':'b','type':'function','function':{'name':'list_tasks','arguments':'{'}}");
        add("{'index':0,'function':{'arguments':'{}'}}");
        add("{'index':1,'id':null,'function':{'name':null,'arguments':'}'}}");
        assertThat(assembler.toolCalls())
                .containsExactly(new ToolCall("a", "add_task", "{}"), new ToolCall("b", "list_tasks", "{}"));
    }

    @Test
    void ignoresARepeatedIdAndName() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{'}}");
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'}'}}");
        add("{'index':0,'id':'','function':{'name':'','arguments':''}}");
        assertThat(assembler.toolCalls()).containsExactly(new ToolCall("a", "add_task", "{}"));
    }

    @Test
    void separatesWholeCallsWithTheSameIndex() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'index':0,'id':'b','function':{'name':'add_task','arguments':'{}'}}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::id).containsExactly("a", "b");
    }

    @Test
    void separatesWholeCallsWithoutIndex() {
        add("{'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'id':'b','function':{'name':'add_task','arguments':'{}'}}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::id).containsExactly("a", "b");
    }

    @Test
    void makesIdsForCallsWithoutOne() {
        add("{'function':{'name':'add_task','arguments':'{}'}}");
        add("{'function':{'name':'list_tasks','arguments':'{}'}}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::name).containsExactly("add_task", "list_tasks");
        assertThat(assembler.toolCalls())
                .extracting(ToolCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() > 5);
    }

    @Test
    void acceptsArgumentsThatAreAnObject() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':{'title':'Milk'}}}");
        assertThat(assembler.toolCalls().get(0).arguments()).isEqualTo("{\"title\":\"Milk\"}");
    }

    @Test
    void readsMissingArgumentsAsAnEmptyObject() {
        add("{'index':0,'id':'a','function':{'name':'list_tasks','arguments':null}}");
        assertThat(assembler.toolCalls().get(0).arguments()).isEqualTo("{}");
    }

    private enum Member {
        MISSING,
        CONSTANT,
        NEW
    }

    static List<Arguments> everyForm() {
        var forms = new ArrayList<Arguments>();
        for (var index : Member.values())
            for (var id : Member.values()) for (var name : Member.values()) forms.add(Arguments.of(index, id, name));
        return forms;
    }

    /** Two calls of one tool, each in four pieces. A name that is new in each piece comes in parts. */
    @ParameterizedTest
    @MethodSource("everyForm")
    void tellsCallsApartWhateverIsMissingConstantOrNew(Member index, Member id, Member name) {
        int number = 0;
        for (var title : List.of("a", "b")) {
            var arguments = List.of("", "{'title':", "'" + title + "'", "}");
            for (int piece = 0; piece < arguments.size(); piece++)
                add("{" + index(index, number) + id(id, number++) + "'function':{" + name(name, piece) + "'arguments':'"
                        + arguments.get(piece).replace("'", "\\'") + "'}}");
        }
        assertThat(assembler.toolCalls())
                .extracting(ToolCall::arguments)
                .filteredOn(arguments -> !arguments.equals("{}"))
                .containsExactly("{\"title\":\"a\"}", "{\"title\":\"b\"}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::name).containsOnly("add_task");
        assertThat(assembler.toolCalls()).extracting(ToolCall::id).doesNotHaveDuplicates();
    }

    private static String index(Member index, int number) {
        return switch (index) {
            case MISSING -> "";
            case CONSTANT -> "'index':0,";
            case NEW -> "'index':" + number + ",";
        };
    }

    private static String id(Member id, int number) {
        return switch (id) {
            case MISSING -> "'id':'',";
            case CONSTANT -> "'id':'x',";
            case NEW -> "'id':'x-" + number + "',";
        };
    }

    // Missing: from the second piece on, because a call without any name cannot be run.
    private static String name(Member name, int piece) {
        return switch (name) {
            case MISSING -> piece == 0 ? "'name':'add_task'," : "";
            case CONSTANT -> "'name':'add_task',";
            case NEW -> List.of("'name':'add_',", "'name':'task',", "", "").get(piece);
        };
    }

    @Test
    void keepsOneCallWhoseIdIsNewInEachPiece() {
        add("{'index':0,'id':'x-1','type':'function','function':{'name':'add_task','arguments':''}}");
        add("{'index':0,'id':'x-2','function':{'arguments':'{\\'title\\':'}}");
        add("{'index':0,'id':'x-3','function':{'arguments':'\\'a\\'}'}}");
        assertThat(assembler.toolCalls()).containsExactly(new ToolCall("x-1", "add_task", "{\"title\":\"a\"}"));
    }

    @Test
    void separatesWholeCallsUnderOneIndexWithoutIds() {
        add("{'index':0,'id':'','type':'function','function':{'name':'add_task','arguments':'{\\'title\\':\\'a\\'}'}}");
        add("{'index':0,'id':'','type':'function','function':{'name':'add_task','arguments':'{\\'title\\':\\'b\\'}'}}");
        assertThat(assembler.toolCalls())
                .extracting(ToolCall::arguments)
                .containsExactly("{\"title\":\"a\"}", "{\"title\":\"b\"}");
    }

    @Test
    void dropsAnEmptyObjectInFrontOfTheArguments() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'index':0,'function':{'arguments':'{\\'title\\':'}}");
        add("{'index':0,'function':{'arguments':'\\'a\\'}'}}");
        assertThat(assembler.toolCalls()).containsExactly(new ToolCall("a", "add_task", "{\"title\":\"a\"}"));
    }

    @Test
    void ignoresAWholeCallThatIsRepeatedAtItsEnd() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{\\'title\\':\\'a\\'}'}}");
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{\\'title\\':\\'a\\'}'}}");
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':''}}");
        assertThat(assembler.toolCalls()).hasSize(1);
    }

    @Test
    void readsAnIndexInTextAndMembersWithoutAFunction() {
        add("{'index':'0','id':'a','name':'add_task','arguments':'{\\'title\\':'}");
        add("{'index':'0','arguments':'1}'}");
        assertThat(assembler.toolCalls()).containsExactly(new ToolCall("a", "add_task", "{\"title\":1}"));
    }

    @Test
    void refusesACallWithoutName() {
        add("{'index':0,'id':'a'}");
        assertThatExceptionOfType(ModelFailure.class).isThrownBy(assembler::toolCalls);
    }

    @Test
    void refusesTooManyCalls() {
        for (int index = 0; index < 128; index++) add("{'index':" + index + ",'function':{'name':'list_tasks'}}");
        assertThatExceptionOfType(ModelFailure.class)
                .isThrownBy(() -> add("{'index':128,'function':{'name':'list_tasks'}}"));
    }

    private void add(String piece) {
        try {
            assembler.add(new JsonMapper().readTree(piece.replace("\\'", "\\\"").replace('\'', '"')));
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
