"""Drives a running Parley with the Model Context Protocol's library. Arguments: its URL, a personal token."""
import asyncio
import sys
import uuid

from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

url, token = sys.argv[1:3]


async def tools(client):
    names = [tool.name for tool in (await client.list_tools()).tools]
    assert "add_task" in names and "search" in names, names
    task = {"id": str(uuid.uuid4()), "title": "Water the ferns"}
    for _ in range(2):
        added = await client.call_tool("add_task", task)
        assert added.structured_content["id"] == task["id"], added
    refused = await client.call_tool("add_task", {})
    assert refused.is_error and "title" in refused.content[0].text, refused
    return task["id"]


async def resources(client, task):
    uri = f"parley://task/{task}"
    page = await client.list_resources()
    while uri not in [str(resource.uri) for resource in page.resources]:
        page = await client.list_resources(cursor=page.next_cursor)
    assert "Water the ferns" in (await client.read_resource(uri)).contents[0].text
    assert len((await client.list_resource_templates()).resource_templates) == 2
    async with client.listen(resource_subscriptions=[uri], resources_list_changed=True) as subscription:
        assert subscription.honored.resource_subscriptions == [uri], subscription.honored
        await client.call_tool("complete_task", {"id": task})
        event = await asyncio.wait_for(anext(subscription), 20)
        assert event.uri == uri, event
        await client.call_tool("delete_task", {"id": task})
        seen = {type(await asyncio.wait_for(anext(subscription), 20)).__name__ for _ in range(2)}
        assert seen == {"ResourceUpdated", "ResourcesListChanged"}, seen


async def main():
    http = create_mcp_http_client(headers={"Authorization": f"Bearer {token}"})
    async with http, Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client:
        await resources(client, await tools(client))
    print("ok mcp for Python")


asyncio.run(main())
