"""Drives a running Parley with OpenAI's library and agents. Arguments: its URL, a personal token, the provider's URL."""
import asyncio
import sys
import time
import urllib.request

import openai
from agents import Agent, HostedMCPTool, OpenAIResponsesModel, Runner, function_tool, set_tracing_disabled

url, token, provider = sys.argv[1:4]
client = openai.OpenAI(base_url=url + "/v1", api_key=token, max_retries=0)
model = client.models.list().data[0].id
FUNCTION = {
    "type": "function", "name": "get_weather", "description": "The weather of a city.", "strict": True,
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"],
                   "additionalProperties": False}}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PARLEY = {"type": "mcp", "server_label": "parley", "require_approval": "never"}


def ask(**more):
    return client.responses.create(model=model, **more)


def branches():
    first = ask(input="hello", instructions="Be brief.")
    assert first.status == "completed" and first.output_text.strip() == "You said: hello", first
    for text in ("one", "other"):
        assert text in ask(input=text, previous_response_id=first.id).output_text
    assert client.responses.retrieve(first.id).output_text == first.output_text
    assert [item.type for item in client.responses.input_items.list(first.id)] == ["message"]
    client.responses.delete(first.id)
    try:
        client.responses.retrieve(first.id)
        raise AssertionError("found what is deleted")
    except openai.NotFoundError as error:
        assert error.request_id and error.code == "not_found"


def streams():
    with client.responses.stream(model=model, input="stream this") as stream:
        types = [event.type for event in stream]
        assert "stream this" in stream.get_final_response().output_text
    assert types[0] == "response.created" and types[-1] == "response.completed", types
    seen = None
    stream = ask(input="slow one", stream=True)
    for event in stream:
        if event.type == "response.created":
            id = event.response.id
        if event.type == "response.output_text.delta":
            seen = event.sequence_number
            break
    stream.close()
    rest = client.responses.retrieve(id, stream=True, starting_after=seen)
    assert next(iter(rest)).sequence_number == seen + 1
    assert client.responses.cancel(id).status == "cancelled"


def functions():
    called = ask(input="weather?", tools=[FUNCTION])
    call = called.output[0]
    assert call.type == "function_call" and call.name == "get_weather", called
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "sunny"}
    assert "sunny" in ask(input=[result], previous_response_id=called.id, tools=[FUNCTION]).output_text
    history = [{"role": "user", "content": "weather?"}]
    called = ask(input=history, tools=[FUNCTION], store=False)
    history += called.output
    history.append({"type": "function_call_output", "call_id": called.output[0].call_id, "output": "rain"})
    assert "rain" in ask(input=history, tools=[FUNCTION], store=False).output_text
    added = ask(input="a task, please", tools=[PARLEY])
    assert [item.type for item in added.output] == ["mcp_call", "message"], added.output
    assert added.output[0].server_label == "parley" and added.output[0].error is None


def conversations():
    made = client.conversations.create(metadata={"a": "b"}, items=[{"type": "message", "role": "user", "content": "hi"}])
    assert client.conversations.update(made.id, metadata={"c": "d"}).metadata == {"c": "d"}
    assert ask(input="in it", conversation=made.id).conversation.id == made.id
    # The library fetches the pages after the first by itself.
    assert len(list(client.conversations.items.list(made.id, limit=2))) == 3
    item = client.conversations.items.create(
        made.id, items=[{"type": "message", "role": "user", "content": "more"}]).data[0]
    assert client.conversations.items.retrieve(item.id, conversation_id=made.id).content[0].text == "more"
    assert client.conversations.items.delete(item.id, conversation_id=made.id).id == made.id
    assert client.conversations.delete(made.id).deleted


def images():
    content = [
        {"type": "input_text", "text": "look at"},
        {"type": "input_image", "detail": "auto", "image_url": "data:image/png;base64," + PIXEL},
        {"type": "input_file", "filename": "map.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjcK"}]
    seen = ask(input=[{"role": "user", "content": content}])
    assert "look at data:image/png data:application/pdf" in seen.output_text, seen.output_text
    item = client.responses.input_items.list(seen.id).data[0]
    assert [part.type for part in item.content] == ["input_text", "input_image", "input_file"], item
    again = [{"type": "input_image", "detail": "auto", "file_id": item.content[1].file_id}]
    assert "data:image/png" in ask(input=[{"role": "user", "content": again}], store=False).output_text
    try:
        content[1]["image_url"] = "https://example.com/a.png"
        ask(input=[{"role": "user", "content": content}])
        raise AssertionError("fetched a URL")
    except openai.BadRequestError as error:
        assert error.code == "unsupported_content_type" and error.param == "input[0].content[1].image_url", error


def completions():
    messages = [{"role": "user", "content": "as it is"}]
    whole = client.chat.completions.create(model=model, messages=messages)
    assert "as it is" in whole.choices[0].message.content
    stream = client.chat.completions.create(model=model, messages=messages, stream=True)
    assert "as it is" in "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    stream = client.chat.completions.create(model=model, messages=[{"role": "user", "content": "slow"}], stream=True)
    next(iter(stream))
    stream.close()
    deadline = time.monotonic() + 10
    while urllib.request.urlopen(provider).read() == b"0":
        assert time.monotonic() < deadline, "the provider still answers nobody"


def errors():
    try:
        openai.OpenAI(base_url=url + "/v1", api_key="pat_nothing", max_retries=0).models.list()
        raise AssertionError("unknown key")
    except openai.AuthenticationError as error:
        assert error.code == "invalid_api_key", error
    try:
        ask(input="x", tools=[{"type": "web_search"}])
        raise AssertionError("unsupported tool")
    except openai.BadRequestError as error:
        assert error.code == "unsupported_tool" and error.param == "tools[0].type"


async def agents():
    set_tracing_disabled(True)
    answering = OpenAIResponsesModel(model, openai.AsyncOpenAI(base_url=url + "/v1", api_key=token))

    @function_tool
    def get_weather(city: str) -> str:
        """The weather of a city."""
        return f"fog in {city}"

    agent = Agent(name="Guide", instructions="Be brief.", model=answering, tools=[get_weather])
    assert "fog in Lisbon" in (await Runner.run(agent, "weather?")).final_output
    streamed = Runner.run_streamed(agent, "weather?")
    async for event in streamed.stream_events():
        pass
    assert "fog in Lisbon" in streamed.final_output
    keeper = Agent(name="Keeper", model=answering, tools=[HostedMCPTool(tool_config=PARLEY)])
    assert "Water the ferns" in (await Runner.run(keeper, "a task, please")).final_output


for step in (branches, streams, functions, conversations, images, completions, errors):
    step()
    print("ok", step.__name__)
asyncio.run(agents())
print("ok agents")
