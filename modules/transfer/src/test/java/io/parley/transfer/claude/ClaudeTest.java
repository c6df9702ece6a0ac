package io.parley.transfer.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message.Role;
import io.parley.transfer.sources.SourceSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Claude's exports contain, each as reported about other programs. */
class ClaudeTest {
    /** A message of the assistant, and what is stored. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'text':'only text' | only text",
                "'text':'ignored','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}] | ab",
                "'text':'old','content':[] | old",
                "'content':[{'type':'text','text':'a','citations':[{'details':{'url':'https://t'},'title':'T'}]}] | a [https://t](https://t)",
                "'content':[{'type':'text','text':'a','citations':[{'url':'https://t','title':'T'}]}] | a [T](https://t)",
                "'content':[{'type':'voice_note','title':'V','text':'spoken'}] | spoken",
                "'content':[{'type':'token_budget'},{'type':'text','text':'a'}] | a",
                "'text':'','attachments':[{'file_name':'','extracted_content':'pasted'}] | pasted",
                "'text':'','files':[{'file_name':'cat.png'}] | [cat.png]",
                "'text':'','files_v2':[{'file_name':'cat.png'}] | [cat.png]",
            })
    void findsTheText(String message, String text) {
        assertThat(SourceSample.of(new Claude(), "{'chat_messages':[{'sender':'assistant'," + message + "}]}")
                        .contents())
                .containsExactly(text);
    }

    @Test
    void linksExportsWithoutParentsInTheirOrder() {
        var read = SourceSample.of(
                new Claude(),
                "{'chat_messages':[{'uuid':'1','sender':'human','text':'a'},{'uuid':'2','sender':'assistant','text':'b'},{'uuid':'3','sender':'human','text':'c'}]}");

        assertThat(read.branchTo("c")).containsExactly("a", "b", "c");
    }

    @Test
    void keepsSeveralFirstQuestions() {
        var read = SourceSample.of(new Claude(), """
            {'chat_messages':[
              {'uuid':'1','sender':'human','text':'a','parent_message_uuid':'00000000-0000-4000-8000-000000000000','created_at':'2025-05-01T10:00:00Z'},
              {'uuid':'2','sender':'assistant','text':'b','parent_message_uuid':'1','created_at':'2025-05-01T10:00:01Z'},
              {'uuid':'3','sender':'human','text':'c','parent_message_uuid':'00000000-0000-4000-8000-000000000000','created_at':'2025-05-01T10:00:02Z'}]}
            """);

        assertThat(read.branchTo("c")).containsExactly("c");
        assertThat(read.branchTo("b")).containsExactly("a", "b");
    }

    @Test
    void takesAnArtifactForADocument() {
        var read = SourceSample.of(new Claude(), """
            {'chat_messages':[{'uuid':'1','sender':'assistant','content':[
              {'type':'text','text':'Here.'},
              {'type':'tool_use','id':'t','name':'artifacts','input':{'command':'create','id':'x','type':'text/markdown','title':'Plan','content':'# Plan'}},
              {'type':'tool_result','tool_use_id':'t','name':'artifacts','content':[{'type':'text','text':'OK'}]},
              {'type':'text','text':'Done.'}]}]}
            """);

        assertThat(read.branchTo("Done.")).containsExactly("Here.", "# Plan", "OK", "Done.");
        assertThat(read.metadata("# Plan")).isEqualTo("{'canvas':{'name':'Plan','type':'text/markdown'}}");
        assertThat(read.message("Done.").id()).isEqualTo("1");
    }

    @Test
    void keepsReasoningWithTheAnswerThatFollows() {
        var read = SourceSample.of(new Claude(), """
            {'chat_messages':[{'uuid':'1','sender':'assistant','content':[
              {'type':'thinking','thinking':'first'},{'type':'text','text':'a'},
              {'type':'tool_use','id':'t','name':'f','input':{}},{'type':'tool_result','tool_use_id':'t','content':'r'},
              {'type':'thinking','thinking':'second'},{'type':'text','text':'b'}]}]}
            """);

        assertThat(read.message("a").reasoning()).isEqualTo("first");
        assertThat(read.message("r").role()).isEqualTo(Role.TOOL);
        assertThat(read.message("b").reasoning()).isEqualTo("second");
    }

    @Test
    void keepsTheTextOfAnAttachment() {
        var read = SourceSample.of(
                new Claude(),
                "{'chat_messages':[{'sender':'human','text':'See','attachments':[{'file_name':'a.txt','file_size':3,'file_type':'txt','extracted_content':'abc'}]}]}");

        assertThat(read.metadata("See"))
                .isEqualTo("{'attachments':[{'name':'a.txt','type':'txt','size':3,'text':'abc'}]}");
    }
}
