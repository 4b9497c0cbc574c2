// Loads each page in frames from the width of a phone to that of a large screen, and writes what is cut off or hard to
// read into an element of this page. The system prefers dark.
const WIDTHS = [390, 768, 1280, 1600]
// From this width on, tables do not scroll and code has its lines.
const DESKTOP = 1280
const LEAST_CONTRAST = 4.5
const LEAST_CODE_WIDTH = 640
const found = []

function luminance([r, g, b]) {
  const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  return 0.2126 * x + 0.7152 * y + 0.0722 * z
}

function rgba(color) {
  const numbers = color.match(/[\d.]+/g).map(Number)
  return numbers.length < 4 ? [...numbers, 1] : numbers
}

function background(element, window) {
  for (let e = element; e; e = e.parentElement) {
    const color = rgba(window.getComputedStyle(e).backgroundColor)
    if (color[3] > 0.5) return color
  }
  return [255, 255, 255, 1]
}

function scrolls(element, window) {
  for (let e = element; e; e = e.parentElement) {
    if (window.getComputedStyle(e).overflowX === 'auto') return true
  }
  return false
}

function checkWidths(page, document, window, width) {
  if (document.documentElement.scrollWidth > width) found.push(`${page}: wider than the window of ${width}`)
  for (const e of document.querySelectorAll('pre, table')) {
    const box = e.getBoundingClientRect()
    if (!box.width || (e.scrollWidth <= e.clientWidth + 2 && box.right <= width + 2)) continue
    if (width < DESKTOP && e.closest('table') && scrolls(e, window)) continue
    found.push(`${page}: cut off at ${width}: ${e.textContent.trim().slice(0, 60)}`)
  }
}

/** A word continues on the next line only where a reader expects it: after a hyphen, or where the page says so. */
function checkWords(page, document, width) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  while (texts.nextNode()) {
    const node = texts.currentNode
    if (!node.parentElement.getClientRects().length || node.parentElement.closest('pre, script, style, svg, .long')) continue
    for (const word of node.data.matchAll(/[A-Za-z]{2,}/g)) {
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].filter(line => line.width > 0.5).map(line => Math.round(line.top)))
      if (lines.size > 1) found.push(`${page}: broken at ${width}: ${word[0]}`)
    }
  }
}

/** A theme that the reader did not choose is that of the system. */
function checkSystemTheme(page, document, window) {
  const color = theme => {
    document.body.dataset.theme = theme
    return window.getComputedStyle(document.body).backgroundColor
  }
  if (color('auto') !== color('dark')) found.push(`${page}: light, although the system is dark`)
}

/** Code keeps its lines: a narrow block would break them. */
function checkCode(page, document) {
  for (const e of document.querySelectorAll('div.highlight pre')) {
    const { width } = e.getBoundingClientRect()
    if (width && width < LEAST_CODE_WIDTH) {
      found.push(`${page}: code of ${Math.round(width)} pixels: ${e.textContent.trim().slice(0, 60)}`)
    }
  }
}

function checkContrasts(page, document, window, theme) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement
    if (!texts.currentNode.data.trim() || !e.getClientRects().length || /SCRIPT|STYLE/.test(e.tagName)) continue
    if (e.closest('.headerlink, .visually-hidden, svg, button')) continue
    const style = window.getComputedStyle(e)
    const [a, b] = [luminance(rgba(style.color)), luminance(background(e, window))]
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (style.visibility !== 'hidden' && contrast < LEAST_CONTRAST) {
      found.push(`${page}: contrast ${contrast.toFixed(1)} in ${theme}: ${texts.currentNode.data.trim().slice(0, 60)}`)
    }
  }
}

async function measure(page, width) {
  const frame = document.createElement('iframe')
  frame.style.cssText = `width: ${width}px; height: 900px; border: 0`
  frame.src = page
  await new Promise(loaded => { frame.onload = loaded; document.body.append(frame) })
  const { contentDocument, contentWindow } = frame
  contentDocument.head.insertAdjacentHTML('beforeend', '<style>* { transition: none !important }</style>')
  checkWidths(page, contentDocument, contentWindow, width)
  checkWords(page, contentDocument, width)
  if (width === DESKTOP) {
    checkCode(page, contentDocument)
    const themes = contentDocument.body.dataset.theme === undefined ? ['light'] : ['light', 'dark']
    if (themes.length > 1) checkSystemTheme(page, contentDocument, contentWindow)
    for (const theme of themes) {
      if (themes.length > 1) contentDocument.body.dataset.theme = theme
      checkContrasts(page, contentDocument, contentWindow, theme)
    }
  }
  frame.remove()
}

async function measureAll(pages) {
  for (const page of pages) for (const width of WIDTHS) await measure(page, width)
  const result = document.createElement('pre')
  result.id = 'result'
  result.textContent = `${pages.length} pages\n${[...new Set(found)].join('\n')}`
  document.body.append(result)
}
