import WidenLanguage

/// The document's own properties: title, author, language and time.
///
/// The library writes them, too, but has no language.
func coreProperties(of report: Report) -> String {
  let context = report.sections.first?.context
  let author = escapedXML("widen " + (context?.version ?? ""))
  let time = escapedXML(context?.time ?? "1980-01-01T00:00:00Z")
  let title = escapedXML(sheetText(report.shownTitle))
  return """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <cp:coreProperties \
    xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
    xmlns:dcmitype="http://purl.org/dc/dcmitype/" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
    <dc:title>\(title)</dc:title><dc:creator>\(author)</dc:creator>\
    <cp:lastModifiedBy>\(author)</cp:lastModifiedBy>\
    <dcterms:created xsi:type="dcterms:W3CDTF">\(time)</dcterms:created>\
    <dcterms:modified xsi:type="dcterms:W3CDTF">\(time)</dcterms:modified>\
    <dc:language>en-GB</dc:language></cp:coreProperties>
    """
}

/// Text that XML shows as it is.
func escapedXML(_ text: String) -> String { escapedHTML(text) }
