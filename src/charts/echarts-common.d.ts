/** ECharts' smaller build has no types of its own; what it has, it has from the whole. */
declare module 'echarts/dist/echarts.common.min' {
  export { init, type EChartsOption } from 'echarts';
}
