// Loads each page in a frame of 1280 pixels and writes what is cut off or hard to read into an element of this page.
const WIDTH = 1280
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

function checkWidths(page, document) {
  if (document.documentElement.scrollWidth > WIDTH) found.push(`${page}: wider than the window`)
  for (const e of document.querySelectorAll('pre, table')) {
    const box = e.getBoundingClientRect()
    if (box.width && (e.scrollWidth > e.clientWidth + 2 || box.right > WIDTH + 2)) {
      found.push(`${page}: cut off: ${e.textContent.trim().slice(0, 60)}`)
    }
  }
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

async function measure(page) {
  const frame = document.createElement('iframe')
  frame.style.cssText = `width: ${WIDTH}px; height: 900px; border: 0`
  frame.src = page
  await new Promise(loaded => { frame.onload = loaded; document.body.append(frame) })
  const { contentDocument, contentWindow } = frame
  contentDocument.head.insertAdjacentHTML('beforeend', '<style>* { transition: none !important }</style>')
  checkWidths(page, contentDocument)
  checkCode(page, contentDocument)
  const themes = contentDocument.body.dataset.theme === undefined ? ['light'] : ['light', 'dark']
  for (const theme of themes) {
    if (themes.length > 1) contentDocument.body.dataset.theme = theme
    checkContrasts(page, contentDocument, contentWindow, theme)
  }
  frame.remove()
}

async function measureAll(pages) {
  for (const page of pages) await measure(page)
  const result = document.createElement('pre')
  result.id = 'result'
  result.textContent = `${pages.length} pages\n${[...new Set(found)].join('\n')}`
  document.body.append(result)
}
