import type ExcelJS from 'exceljs'

/** The package that writes spreadsheets, loaded with the first of them: it is large, and the start does not need it. */
export const loadExcelJs = async (): Promise<typeof ExcelJS> => (await import('exceljs')).default
