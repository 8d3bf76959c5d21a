/** ECharts in one file, as it is published beside its modules; it comes without types of its own. */
declare module 'echarts/dist/echarts.esm.min.mjs' {
  export * from 'echarts';
}
