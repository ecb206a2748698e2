import { wellFormed } from '../plain-text.js'
import { firstText, membersOf, type ToolCall, type ToolItem, type ToolOutcome, type ToolView } from '../tool-view.js'

/** A search in the web, with titles and addresses of what it found where the log has them, else in its words. */
export const webSearch: ToolView = {
  kind: 'web search',
  item(call, outcome) {
    const query = wellFormed(firstText(membersOf(call.input), 'query') ?? '')
    return shown(call, query, { type: 'search', query }, foundPages(outcome.details) ?? inWords(outcome))
  },
}

/** A page that was fetched, with what was made of it. */
export const webPage: ToolView = {
  kind: 'web page',
  item(call, outcome) {
    const url = wellFormed(firstText(membersOf(call.input), 'url') ?? '')
    return shown(call, url, { type: 'open_page', url }, inWords(outcome))
  },
}

function shown(call: ToolCall, query: string, action: unknown, results: readonly unknown[] | null): ToolItem {
  const found = results === null ? {} : { results }
  return {
    item: { type: 'WebSearch', id: call.id, query, action, ...found },
    event: { type: 'web_search_end', call_id: call.id, query, action, ...found },
  }
}

/** Results are a list of anything. Source: reference 0.169.0, v2 schema */
function inWords({ text }: ToolOutcome): readonly unknown[] | null {
  return text === '' ? null : [{ type: 'text', text }]
}

function foundPages(details: unknown): readonly unknown[] | null {
  const { results } = membersOf(details)
  if (!Array.isArray(results)) return null
  const pages = results.flatMap((result: unknown) => {
    const { content } = membersOf(result)
    return Array.isArray(content) ? content.flatMap(pageOf) : []
  })
  return pages.length === 0 ? null : pages
}

function pageOf(entry: unknown): { title: string; url: string }[] {
  const page = membersOf(entry)
  const url = firstText(page, 'url')
  return url === undefined ? [] : [{ title: wellFormed(firstText(page, 'title') ?? ''), url: wellFormed(url) }]
}
